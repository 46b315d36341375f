import * as pulumi from "@pulumi/pulumi";
import {
  Cloud,
  DeploymentBinding,
  type DeploymentBindingArgs,
  InputError,
  type ManifestResources,
  type Permission,
  type PrincipalArgs,
  provisionManifest,
  type RoleName,
  roleMatrix,
  Secret,
  type SecretArgs,
  SecretType,
  WorkloadKind,
  Workspace,
  type WorkspaceArgs,
  type WorkspaceRef,
  workspaceRef,
} from "vantedge-secrets";

/** A program of a user with every strict flag; compiled by test/index.test.ts and never run. */
const leads: PrincipalArgs = { arn: pulumi.output("arn:aws:iam::111122223333:role/leads") };
const args: WorkspaceArgs = {
  organization: "AI Startup",
  aws: { region: "us-east-1", accountId: "111122223333", replicaRegions: ["eu-west-1"] },
  roles: { admins: [leads], viewers: [{ arnPattern: "arn:aws:iam::*:role/auditors-*" }] },
  deployers: [{ arn: "arn:aws:iam::111122223333:role/ci", readable: true }],
  kubernetes: { namespace: "production" },
};
const production = new Workspace("production", args);

const secretArgs: SecretArgs = {
  workspace: production.ref,
  type: SecretType.ApiToken,
  value: new pulumi.Config().requireSecret("openai"),
};
const openai = new Secret("openai-api-key", secretArgs, { protect: true });
new Secret("postgres", { workspace: production.ref, type: "database-credentials", fields: { url: "postgres://" } });

const elsewhere: WorkspaceRef = workspaceRef({
  name: "production",
  organization: "AI Startup",
  cloud: Cloud.Aws,
  region: "us-east-1",
  accountId: "111122223333",
});
const bindingArgs: DeploymentBindingArgs = {
  workspace: elsewhere,
  kind: WorkloadKind.Agent,
  env: { OPENAI_API_KEY: { secret: "openai-api-key" } },
  values: { "openai-api-key": { value: "sk", versionId: openai.versionId } },
};
const agent = new DeploymentBinding("agent", bindingArgs, { dependsOn: [openai] });
const deployment = agent.inject({
  spec: {
    selector: { matchLabels: { app: "agent" } },
    template: {
      metadata: { labels: { app: "agent" } },
      spec: { containers: [{ name: "agent", image: "agent:1.0" }] },
    },
  },
});

const role: RoleName = "member";
const permission: Permission = "retrieve";
const mayRead: boolean = roleMatrix[role][permission];
const made: Promise<ManifestResources> = provisionManifest("vantedge.yaml", new pulumi.Config("other"));

// @ts-expect-error no such type of secret
new Secret("b", { workspace: elsewhere, type: "password" });
// @ts-expect-error a workspace needs an organization
new Workspace("c", {});

export const outputs = {
  keyArn: production.keyArn,
  arn: production.roleArns["admin"],
  mayRead,
  made,
  deployment,
  InputError,
};
