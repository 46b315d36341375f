import { WorkloadIdentityPool } from "@pulumi/gcp/iam/workloadIdentityPool";
import { WorkloadIdentityPoolProvider } from "@pulumi/gcp/iam/workloadIdentityPoolProvider";
import { IAMCustomRole } from "@pulumi/gcp/projects/iamcustomRole";
import { IAMMember } from "@pulumi/gcp/projects/iammember";
import { BucketIAMMember } from "@pulumi/gcp/storage/bucketIAMMember";
import { Config, StackReference } from "@pulumi/pulumi";
import preview from "./policies/preview.json";
import { type Forges, providers } from "./providers";

const poolId = "vantedge-ci";

/** Run once by an administrator, and again when a workspace comes or goes: CI doesn't make its own roles. */
export = async () => {
  const config = new Config();
  const project = config.require("projectId");
  const bucket = config.require("stateBucket");
  const forges = { github: config.getObject("github"), gitlab: config.getObject("gitlab") } as Forges;

  const pool = new WorkloadIdentityPool("ci", { project, workloadIdentityPoolId: poolId });
  const made = Object.entries(providers(forges)).map(
    ([forge, { issuer, job, condition }]) =>
      new WorkloadIdentityPoolProvider(forge, {
        project,
        workloadIdentityPoolId: pool.workloadIdentityPoolId,
        workloadIdentityPoolProviderId: forge,
        attributeMapping: { "google.subject": "assertion.sub", "attribute.job": job },
        attributeCondition: condition,
        oidc: { issuerUri: issuer },
      }),
  );
  if (made.length === 0) throw new Error("set github, gitlab, or both: see README.md");

  const number = config.require("projectNumber");
  const jobs = `principalSet://iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${poolId}/attribute.job`;

  const role = new IAMCustomRole("preview", {
    project,
    roleId: "vantedgeCiPreview",
    title: "Vantedge secrets: preview",
    permissions: preview,
  });
  new IAMMember("preview", { project, role: role.name, member: `${jobs}/preview` });
  new BucketIAMMember("preview-state", { bucket, role: "roles/storage.objectViewer", member: `${jobs}/preview` });

  new BucketIAMMember("deployer-state", { bucket, role: "roles/storage.objectUser", member: `${jobs}/deploy` });
  // The stack with the workspaces, once it was deployed for the first time.
  const stack = config.get("stack");
  for (const [name, { deployerPolicy }] of Object.entries(stack === undefined ? {} : await workspacesOf(stack))) {
    const { title, description, includedPermissions } = JSON.parse(deployerPolicy);
    const deployer = new IAMCustomRole(`deployer-${name}`, {
      project,
      // An id of a role takes no hyphen.
      roleId: `vantedgeCiDeployer.${name.replaceAll("-", "_")}`,
      title,
      description,
      permissions: includedPermissions,
    });
    new IAMMember(`deployer-${name}`, { project, role: deployer.name, member: `${jobs}/deploy` });
  }

  return { providers: made.map(({ name }) => name) };
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
