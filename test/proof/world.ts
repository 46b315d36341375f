import {
  type AdoptedSecretArgs,
  DeploymentBinding,
  type Listing,
  type MemberKms,
  Secret,
  SecretType,
  Workspace,
  type WorkspaceArgs,
} from "../../index";
import { accountId, arn } from "../support/fixtures";
import { type Actor, type Home, outsider, rolesOf } from "./cast";
import { type Recorded, record } from "./documents";
import type { World } from "./facts";
import { functionOf, type Scope } from "./requests";

/** Of AWS: `alias/aws/secretsmanager`. */
export const managedKey = `arn:aws:kms:us-east-1:${accountId}:key/managed`;

export const breakGlass = arn("security");
export const deployer = arn("ci");

const oidcProviderArn = `arn:aws:iam::${accountId}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE`;

/** The secret that the workload of each workspace is bound to. */
export const boundSecret = "openai-api-key";

/** How the workspaces of a recording are made. */
export interface Setting {
  /** The home region first. */
  regions: string[];
  listing?: Listing;
  memberKms?: MemberKms;
  /** What the first of them adopts. */
  adopt?: AdoptedSecretArgs[];
}

function workspaceArgs(namespace: string, { regions, adopt: _, ...more }: Setting): WorkspaceArgs {
  return {
    organization: "AI Startup",
    aws: { region: regions[0] as string, accountId, replicaRegions: regions.slice(1) },
    roles: {
      owners: [{ arn: arn("founders") }],
      admins: [{ arn: arn("leads") }],
      members: [{ arn: arn("developers") }],
      viewers: [{ arn: arn("auditors") }],
    },
    breakGlass: [{ arn: breakGlass }],
    rotator: true,
    kubernetes: { namespace, createNamespace: false, cluster: { eksIrsa: { oidcProviderArn } } },
    ...more,
  };
}

/** Workspaces of one account, as the components create them. */
export async function recordWorkspaces(names: readonly string[], setting: Setting): Promise<Recorded> {
  return record(() => {
    for (const name of names) {
      const adopt = name === names[0] ? setting.adopt : undefined;
      const { ref } = new Workspace(name, {
        ...workspaceArgs(name, setting),
        ...(adopt === undefined ? {} : { adopt }),
      });
      const args = {
        workspace: ref,
        bindingName: "agent",
        env: { OPENAI_API_KEY: { secret: boundSecret } },
        values: { [boundSecret]: { value: "sk", versionId: "first" } },
      };
      new DeploymentBinding(`agent-of-${name}`, args);
      new Secret(`${boundSecret}-of-${name}`, {
        workspace: ref,
        secretName: boundSecret,
        type: SecretType.ApiToken,
        lockdown: { deployers: [{ arn: deployer }] },
      });
    }
  });
}

export function homeOf(workspace: string, recorded: Recorded, regions: string[]): Home {
  const keyArns = recorded.keys.filter((key) => key.workspace === workspace).map((key) => key.arn);
  return { workspace, prefix: "vantedge", account: accountId, regions, keyArns };
}

/** People whose policies are not ours and allow everything. */
export const outsiders = {
  powerUser: outsider("power user of the account", arn("PowerUser")),
  breakGlass: outsider("break glass", breakGlass),
  deployer: outsider("deployer", deployer),
  root: outsider("root of the account", `arn:aws:iam::${accountId}:root`),
  foreigner: outsider("power user of another account", "arn:aws:iam::999988887777:role/PowerUser"),
};

/** The account that the proof is about: two workspaces, and people who are in none. */
export interface Stage {
  world: World;
  /** The roles of the workspace that requests are about, then all others. */
  own: Actor[];
  others: Actor[];
}

export async function stage(): Promise<Stage> {
  const regions = ["us-east-1", "eu-west-1"];
  const recorded = await recordWorkspaces(["production", "development"], { regions });
  const homes = ["production", "development"].map((name) => homeOf(name, recorded, regions)) as [Home, Home];
  const [own, other] = homes;
  return {
    world: {
      homes,
      resources: recorded,
      bound: homes.map(({ prefix, workspace }) => secretArn(`${prefix}/${workspace}/${boundSecret}`)),
      readers: [breakGlass],
      keepers: [deployer],
    },
    own: rolesOf(recorded, own),
    others: [
      ...rolesOf(recorded, other).filter(({ kind }) => kind === "admin" || kind === "workload"),
      ...Object.values(outsiders),
    ],
  };
}

export function secretArn(name: string, region = "us-east-1", account = accountId): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`;
}

const own = "vantedge/production/openai-api-key";
const rotated = "vantedge/production/db-password";

/** Secrets as the roles of `production` see them. */
export const scopes: Scope[] = [
  { name: "own", arn: secretArn(own), tag: "production" },
  { name: "own, not bound", arn: secretArn("vantedge/production/stripe-api-key"), tag: "production" },
  { name: "own, untagged", arn: secretArn(own) },
  { name: "own, tagged as another's", arn: secretArn(own), tag: "development" },
  { name: "own, rotated", arn: secretArn(rotated), tag: "production", rotatedBy: functionOf("production") },
  {
    name: "own, rotated by another's",
    arn: secretArn(rotated),
    tag: "production",
    rotatedBy: functionOf("development"),
  },
  { name: "own, rotated, untagged", arn: secretArn(rotated), rotatedBy: functionOf("production") },
  {
    name: "own, rotated replica",
    arn: secretArn(rotated, "eu-west-1"),
    tag: "production",
    rotatedBy: functionOf("production", "eu-west-1"),
  },
  { name: "own, replica", arn: secretArn(own, "eu-west-1"), tag: "production" },
  { name: "own name, other region", arn: secretArn(own, "us-west-2"), tag: "production" },
  { name: "own name, other account", arn: secretArn(own, "us-east-1", "999988887777"), tag: "production" },
  { name: "own name, other prefix", arn: secretArn("acme/production/openai-api-key"), tag: "production" },
  { name: "other workspace", arn: secretArn("vantedge/development/openai-dev-key"), tag: "development" },
  { name: "other workspace, spoofed tag", arn: secretArn("vantedge/development/openai-dev-key"), tag: "production" },
  {
    name: "other workspace, spoofed tag and function",
    arn: secretArn("vantedge/development/db-password"),
    tag: "production",
    rotatedBy: functionOf("production"),
  },
  { name: "look-alike", arn: secretArn("vantedge/production-eu/openai-api-key"), tag: "production-eu" },
  { name: "look-alike, spoofed tag", arn: secretArn("vantedge/production-eu/openai-api-key"), tag: "production" },
  { name: "unmanaged", arn: secretArn("legacy-db") },
  { name: "unmanaged, spoofed tag", arn: secretArn("legacy-db"), tag: "production" },
];
