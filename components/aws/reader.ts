import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { ReaderParts, ReaderSpec } from "../backend";
import { homeOf, inAccount, verifiedAccount } from "./account";
import { keyOf } from "./keys";
import { readerName, readerPath, readerPolicyName } from "./readerNames";
import { readerAccess, readerDocument, readerGuard, readerTrust } from "./readerPolicies";
import { workspaceTags } from "./tags";

const oneHour = 3600;

/** A role that reads exactly the bound secrets, and that its one holder takes and nobody else. */
export function createReader(name: string, spec: ReaderSpec, given: pulumi.CustomResourceOptions): ReaderParts {
  const { workspace, binding } = spec;
  // Nothing is made in a wrong account, and nothing else is asked of one.
  const options = inAccount(workspace, given);
  const account = verifiedAccount(homeOf(workspace), options);
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
  const keyArn = pulumi.output(keyOf(workspace, options));
  const rights = grantAccess(name, spec, role, keyArn, options);
  // Whoever takes the role finds that it may read: an operator that was refused once waits before it tries again.
  const id = pulumi.all([role.arn, pulumi.all(rights)]).apply(([arn]) => arn);
  const { serviceAccount } = spec.holder;
  if (serviceAccount === undefined) return { id, annotations: {} };
  return { id, annotations: tieToServiceAccount(name, spec, serviceAccount, id, options) };
}

function grantAccess(
  name: string,
  spec: ReaderSpec,
  role: iam.Role,
  keyArn: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
  const { workspace } = spec;
  const own = (name: string, policyName: string, policy: pulumi.Output<string>) =>
    new iam.RolePolicy(name, { name: policyName, role: role.name, policy }, options).id;
  const guard = own(
    `${name}-reader-isolation`,
    "isolation",
    keyArn.apply((arn) => readerGuard(spec, arn)),
  );

  const { attached, grants } = readerAccess(spec);
  const access = grants.map((grant, index) => {
    const policy = keyArn.apply((arn) => readerDocument(workspace, grant, arn));
    return attached
      ? attachPolicy(`${name}-reader-access-${index + 1}`, index + 1, policy, spec, role, options)
      : own(`${name}-reader-access`, "access", policy);
  });
  return [guard, ...access];
}

/** For what a role's own policies have no room. */
function attachPolicy(
  name: string,
  number: number,
  document: pulumi.Output<string>,
  spec: ReaderSpec,
  role: iam.Role,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
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
  return new iam.RolePolicyAttachment(name, { role: role.name, policyArn: policy.arn }, options).id;
}

/** With IRSA the ServiceAccount names the role; with Pod Identity the cluster knows which role is whose. */
function tieToServiceAccount(
  name: string,
  spec: ReaderSpec,
  serviceAccount: string,
  roleArn: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): Record<string, pulumi.Output<string>> {
  const { region, cluster, namespace } = spec.workspace;
  if (cluster?.eksPodIdentity === undefined) return { "eks.amazonaws.com/role-arn": roleArn };
  new PodIdentityAssociation(
    `${name}-reader`,
    {
      region: region as string,
      clusterName: cluster.eksPodIdentity.clusterName,
      namespace: namespace as string,
      serviceAccount,
      roleArn,
      tags: readerTags(spec),
    },
    options,
  );
  return {};
}

function readerTags({ workspace, binding }: ReaderSpec): Record<string, string> {
  return { ...workspaceTags(workspace, {}), "vantedge-binding": binding };
}
