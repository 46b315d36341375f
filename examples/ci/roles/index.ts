import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Policy } from "@pulumi/aws/iam/policy";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import { Config, StackReference } from "@pulumi/pulumi";
import { documents, type GitHubRepository, type GitLabProject, issuers, parts } from "./documents";

/** Run once by an administrator, and again when a workspace comes or goes: CI doesn't make its own roles. */
export = async () => {
  const config = new Config();
  const github = config.getObject<GitHubRepository>("github");
  const gitlab = config.getObject<GitLabProject>("gitlab");
  if (github === undefined && gitlab === undefined) throw new Error("set github, gitlab, or both: see README.md");

  const { accountId } = await getCallerIdentity();
  const stateBucket = config.require("stateBucket");
  const { preview, deployer } = documents({ accountId, stateBucket, github, gitlab });

  const used = Object.entries({ github, gitlab }).filter(([, settings]) => settings !== undefined);
  for (const [forge] of used as [keyof typeof issuers, object][]) {
    new OpenIdConnectProvider(forge, { url: `https://${issuers[forge]}`, clientIdLists: ["sts.amazonaws.com"] });
  }

  const previewRole = new Role("preview", {
    name: "vantedge-ci-preview",
    description: "Previews pull requests, and reads no value",
    assumeRolePolicy: preview.trust,
  });
  new RolePolicy("preview", { role: previewRole.name, policy: preview.permissions });

  const deployerRole = new Role("deployer", {
    name: "vantedge-ci-deployer",
    description: "Deploys the main branch",
    assumeRolePolicy: deployer.trust,
  });
  new RolePolicy("deployer-state", { role: deployerRole.name, policy: deployer.permissions });

  // The stack with the workspaces, once it was deployed for the first time.
  const stack = config.get("stack");
  const workspaces = stack === undefined ? {} : await workspacesOf(stack);
  for (const [name, { deployerPolicy }] of Object.entries(workspaces)) {
    parts(deployerPolicy).forEach((policy, index) => {
      const part = `deployer-${name}-${index + 1}`;
      const { arn } = new Policy(part, { name: `vantedge-ci-${part}`, policy });
      new RolePolicyAttachment(part, { role: deployerRole.name, policyArn: arn });
    });
  }

  return { previewRoleArn: previewRole.arn, deployerRoleArn: deployerRole.arn };
};

/** Its output `workspaces`, as the root program of vantedge-secrets gives it in full. */
async function workspacesOf(stack: string): Promise<Record<string, { deployerPolicy: string }>> {
  const { value } = await new StackReference(stack).getOutputDetails("workspaces");
  if (value === undefined) throw new Error(`the stack ${stack} has no output "workspaces"`);
  const workspaces = value as Record<string, { deployerPolicy?: string }>;
  if (Object.values(workspaces).some(({ deployerPolicy }) => deployerPolicy === undefined)) {
    throw new Error(
      `the stack ${stack} gives out no deployerPolicy: run pulumi config set outputs full and pulumi up there`,
    );
  }
  return value as Record<string, { deployerPolicy: string }>;
}
