import { AccessEntry } from "@pulumi/aws/eks/accessEntry";
import type * as pulumi from "@pulumi/pulumi";
import type { AccessEntriesSpec } from "../backend";
import { groupOf } from "../kubernetesSubjects";
import { roleNames } from "../roles";
import { workspaceTags } from "./tags";

/**
 * An access entry for each cloud role of the workspace: `STANDARD`, without a policy of EKS, so that what the group may do
 * in the cluster is RBAC's alone (https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html).
 */
export function createAccessEntries(
  name: string,
  { workspace, clusterName, roleArns, tags }: AccessEntriesSpec,
  options: pulumi.CustomResourceOptions,
): void {
  for (const role of roleNames) {
    const principalArn = roleArns[role];
    if (principalArn === undefined) continue;
    new AccessEntry(
      `${name}-${role}`,
      {
        region: workspace.region as string,
        clusterName,
        principalArn,
        kubernetesGroups: [groupOf(workspace.name, role)],
        type: "STANDARD",
        tags: workspaceTags(workspace, tags),
      },
      options,
    );
  }
}
