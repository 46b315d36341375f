import type { Fault, WorkspaceSpec } from "../backend";
import { type RoleName, roleNames } from "../roles";
import type { AdoptedSecretArgs, WorkspaceRef } from "../workspaceRef";
import { listOfRole } from "../workspaceSpec";
import { nameInArn } from "./adopted";
import { accountOf, regionOf } from "./arn";
import { keyDocument, partitionOf } from "./iam";
import { unknownRegions } from "./regions";
import { beyondQuotas } from "./rolePolicies";
import { scopeOf } from "./scope";
import { tagFaults } from "./tagFaults";

/** `vantedge-organization` and `vantedge-workspace`. */
const ownTags = 2;

/** What is wrong with a workspace's plain arguments by AWS's rules, before anything is created. */
export function workspaceFaults(spec: WorkspaceSpec): Fault[] {
  const placeFaults = regionFaults(spec.ref);
  if (placeFaults.length > 0) return placeFaults;
  return [
    ...principalFaults(spec),
    ...existingRoleFaults(spec),
    ...adoptFaults(spec.ref),
    ...importKeyFaults(spec),
    ...sizeFaults(spec),
    ...tagFaults(spec.tags, ownTags),
  ];
}

function regionFaults({ region, replicaRegions = [] }: WorkspaceRef): Fault[] {
  const faults = unknownRegions([
    { path: ["aws", "region"], name: region as string },
    ...replicaRegions.map((name) => ({ path: ["aws", "replicaRegions"], name })),
  ]);
  if (replicaRegions.includes(region as string)) {
    faults.push({
      path: ["aws", "replicaRegions"],
      message: "holds the home region: leave it out, a replica is somewhere else",
    });
  }
  if (new Set(replicaRegions).size < replicaRegions.length) {
    faults.push({ path: ["aws", "replicaRegions"], message: "holds a region twice: keep one" });
  }
  return faults;
}

function principalFaults({ roles }: WorkspaceSpec): Fault[] {
  return roleNames.flatMap((role) =>
    roles[role].flatMap(({ gcp }, index) => {
      const message = "is a member of Google Cloud, and the workspace is on AWS: give arn, arnPattern, oidc or saml";
      return gcp === undefined ? [] : [{ path: ["roles", listOfRole[role], index, "gcp"], message }];
    }),
  );
}

function existingRoleFaults({ ref, roles, existingRoles }: WorkspaceSpec): Fault[] {
  const given = Object.entries(existingRoles) as [RoleName, string][];
  return given.flatMap(([role, arn], index) => {
    const path = ["existingRoles", role];
    if (accountOf(arn) !== ref.accountId) return [{ path, message: `is not of account ${ref.accountId}` }];
    if (roles[role].length > 0) {
      const list = listOfRole[role];
      return [
        {
          path,
          message: `and roles.${list} are both set: keep one; who may take an existing role is its own trust policy`,
        },
      ];
    }
    const twin = given.slice(0, index).find(([, other]) => other === arn)?.[0];
    return twin === undefined ? [] : [{ path, message: `is the same role as ${twin}: each needs one of its own` }];
  });
}

/** A replica would be under the workspace's key there, which serves the workspace's own names only. */
const notReplicated = "goes with no aws.replicaRegions: adopt into a workspace without replicas";

function adoptFaults(ref: WorkspaceRef): Fault[] {
  const { adopted = [], replicaRegions = [] } = ref;
  if (adopted.length > 0 && replicaRegions.length > 0) return [{ path: ["adopt"], message: notReplicated }];
  return adopted.flatMap((secret, index) => {
    const message = adoptFault(secret, adopted.slice(0, index), ref);
    return message === undefined ? [] : [{ path: ["adopt", index, ...message.path], message: message.text }];
  });
}

function adoptFault(
  { secretName, arn, keyArn }: AdoptedSecretArgs,
  before: readonly AdoptedSecretArgs[],
  ref: WorkspaceRef,
): { path: string[]; text: string } | undefined {
  const { region, accountId, prefix, name } = ref;
  const home = `arn:${partitionOf(region as string)}:secretsmanager:${region}:${accountId}:secret:`;
  if (!arn.startsWith(home))
    return { path: ["arn"], text: `must be of the workspace's region and account: ${home}...` };
  const cloudName = nameInArn(arn);
  if (cloudName.startsWith(`${prefix}/${name}/`)) {
    return { path: ["arn"], text: "is under the workspace's own names: declare it as a secret with import" };
  }
  if (cloudName.startsWith(`${prefix}/`)) {
    return {
      path: ["arn"],
      text: `is under the names of another workspace: only secrets outside of ${prefix}/ are adopted`,
    };
  }
  if (regionOf(keyArn) !== region || accountOf(keyArn) !== accountId) {
    return { path: ["keyArn"], text: `must be a key of ${region} and account ${accountId}` };
  }
  if (before.some((other) => other.arn === arn)) return { path: ["arn"], text: "is adopted twice: keep one" };
  if (before.some((other) => other.secretName === secretName)) {
    return { path: ["secretName"], text: `"${secretName}" names two adopted secrets: choose another name` };
  }
  return undefined;
}

function importKeyFaults({ ref, importKeys }: WorkspaceSpec): Fault[] {
  const regions = [ref.region as string, ...(ref.replicaRegions ?? [])];
  return importKeys.flatMap((arn, index) => {
    const path = ["importKeys", index];
    const region = regionOf(arn) as string;
    if (accountOf(arn) !== ref.accountId) return [{ path, message: `is not of account ${ref.accountId}` }];
    if (!regions.includes(region)) {
      return [{ path, message: `is of ${region}, where the workspace has no key: it is in ${regions.join(", ")}` }];
    }
    const second = importKeys.slice(0, index).some((other) => regionOf(other) === region);
    return second ? [{ path, message: `is a second key of ${region}: keep one` }] : [];
  });
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const longestKeyPolicy = 32_768;

/** Documents grow with regions, adopted secrets and principals of the key only: never with secrets. */
function sizeFaults(spec: WorkspaceSpec): Fault[] {
  const scope = scopeOf(spec.ref);
  const cause = scope.adopted.length > 0 ? "adopt" : "aws.replicaRegions";
  const mend = scope.adopted.length > 0 ? "adopt fewer secrets, or in another workspace" : "choose fewer regions";
  const [first] = rolesOf(spec).flatMap((role) =>
    beyondQuotas(role, spec, scope).map((what) => `for the role ${role}, ${what}: ${mend}`),
  );
  const faults = first === undefined ? [] : [{ path: cause.split("."), message: first }];
  const arns = [...spec.breakGlass, ...spec.deployers].map(
    ({ arn, arnPattern }) => arnPattern ?? (typeof arn === "string" ? arn : ""),
  );
  const keyPolicy = keyDocument(scope, spec.memberKms, spec.existingRoles, arns).length;
  if (keyPolicy > longestKeyPolicy) {
    const message = `makes the key's policy ${keyPolicy} characters long, and KMS takes ${longestKeyPolicy}: name several by one arnPattern`;
    faults.push({ path: ["breakGlass"], message });
  }
  return faults;
}

function rolesOf({ roles, existingRoles }: WorkspaceSpec): RoleName[] {
  return roleNames.filter((role) => roles[role].length > 0 || existingRoles[role] !== undefined);
}
