import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { ReaderParts, ReaderSpec } from "../backend";
import { verifiedAccount } from "./account";
import { keyOf } from "./keys";
import { readerName, readerPath, readerPolicyName } from "./readerNames";
import { readerAccess, readerDocument, readerGuard, readerTrust } from "./readerPolicies";
import { workspaceTags } from "./tags";

const oneHour = 3600;

/** A role that reads exactly the bound secrets, and that its one holder takes and nobody else. */
export function createReader(name: string, spec: ReaderSpec, options: pulumi.CustomResourceOptions): ReaderParts {
  const { workspace, binding } = spec;
  const account = verifiedAccount(workspace.accountId as string, options);
  const role = new iam.Role(
    `${name}-reader`,
    {
      name: readerName(workspace.name, binding),
      path: readerPath(workspace.name),
      description: `reader of binding ${binding} of workspace ${workspace.name}`,
      assumeRolePolicy: account.apply(() => readerTrust(spec)),
      maxSessionDuration: oneHour,
      tags: readerTags(spec),
    },
    options,
  );
  // Nothing is made in a wrong account: what does not wait for the role waits for this as well.
  const keyArn = pulumi.all([account, keyOf(workspace, options)]).apply(([, arn]) => arn);
  grantAccess(name, spec, role, keyArn, options);
  const { serviceAccount } = spec.holder;
  if (serviceAccount === undefined) return { id: role.arn, annotations: {} };
  return { id: role.arn, annotations: tieToServiceAccount(name, spec, serviceAccount, role, options) };
}

function grantAccess(
  name: string,
  spec: ReaderSpec,
  role: iam.Role,
  keyArn: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): void {
  const { workspace } = spec;
  const guard = keyArn.apply((arn) => readerGuard(spec, arn));
  new iam.RolePolicy(`${name}-reader-isolation`, { name: "isolation", role: role.name, policy: guard }, options);

  const { attached, grants } = readerAccess(spec);
  for (const [index, grant] of grants.entries()) {
    const policy = keyArn.apply((arn) => readerDocument(workspace, grant, arn));
    if (attached) attachPolicy(`${name}-reader-access-${index + 1}`, index + 1, policy, spec, role, options);
    else new iam.RolePolicy(`${name}-reader-access`, { name: "access", role: role.name, policy }, options);
  }
}

/** For what a role's own policies have no room. */
function attachPolicy(
  name: string,
  number: number,
  document: pulumi.Output<string>,
  spec: ReaderSpec,
  role: iam.Role,
  options: pulumi.CustomResourceOptions,
): void {
  const { workspace, binding } = spec;
  const policy = new iam.Policy(
    name,
    {
      name: readerPolicyName(workspace.name, binding, number),
      path: readerPath(workspace.name),
      description: `reader of binding ${binding} of workspace ${workspace.name}, part ${number}`,
      policy: document,
      tags: readerTags(spec),
    },
    options,
  );
  new iam.RolePolicyAttachment(name, { role: role.name, policyArn: policy.arn }, options);
}

/** With IRSA the ServiceAccount names the role; with Pod Identity the cluster knows which role is whose. */
function tieToServiceAccount(
  name: string,
  spec: ReaderSpec,
  serviceAccount: string,
  role: iam.Role,
  options: pulumi.CustomResourceOptions,
): Record<string, pulumi.Output<string>> {
  const { region, cluster, namespace } = spec.workspace;
  if (cluster?.eksPodIdentity === undefined) return { "eks.amazonaws.com/role-arn": role.arn };
  new PodIdentityAssociation(
    `${name}-reader`,
    {
      region: region as string,
      clusterName: cluster.eksPodIdentity.clusterName,
      namespace: namespace as string,
      serviceAccount,
      roleArn: role.arn,
      tags: readerTags(spec),
    },
    options,
  );
  return {};
}

function readerTags({ workspace, binding }: ReaderSpec): Record<string, string> {
  return { ...workspaceTags(workspace, {}), "vantedge-binding": binding };
}
