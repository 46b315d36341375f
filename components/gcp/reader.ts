import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as pulumi from "@pulumi/pulumi";
import { podsOf } from "../auditTrailRef";
import type { Fault, ReaderFacts, ReaderParts, ReaderSpec } from "../backend";
import type { WorkspaceRef } from "../workspaceRef";
import { secretIdOf } from "./names";
import { verifiedProject } from "./project";

/** Reads values, and nothing else: no metadata, no list. https://cloud.google.com/secret-manager/docs/access-control */
const accessor = "roles/secretmanager.secretAccessor";

/** Roles of AWS read no secret of Google's. */
export function clusterFaults({ cluster }: WorkspaceRef): Fault[] {
  const kinds = ["eksIrsa", "eksPodIdentity"] as const;
  return kinds.flatMap((kind) =>
    cluster?.[kind] === undefined
      ? []
      : [
          {
            path: ["cluster", kind],
            message: "gives pods roles of AWS, and the workspace is on Google Cloud: set gke",
          },
        ],
  );
}

export function readerFaults({ holder }: ReaderFacts): Fault[] {
  const kinds = ["roleArn", "service"] as const;
  return kinds.flatMap((kind) =>
    holder?.[kind] === undefined
      ? []
      : [
          {
            path: ["reader", kind],
            message: "is of AWS, and the workspace is on Google Cloud: set serviceAccountEmail",
          },
        ],
  );
}

/** Lets the one who holds the identity read exactly the bound secrets, whichever stack they are of. */
export function createReader(name: string, spec: ReaderSpec, options: pulumi.CustomResourceOptions): ReaderParts {
  const member = memberOf(spec);
  const { projectId, projectNumber } = spec.workspace;
  const project = verifiedProject(projectId as string, projectNumber as string, options);
  // Two hyphens: else "a" with "reader-b", and "a-reader" with "b", would be one resource to the engine.
  const grants = spec.secretNames.map((secretName) =>
    grant(`${name}-reader--${secretName}`, { ...spec, project, secretName }, options),
  );
  // Whoever has the identity finds that it may read: an operator that was refused once waits before it tries again.
  return { id: pulumi.all(grants).apply(() => member), annotations: {} };
}

/** A member of IAM: the pods of one ServiceAccount, or a service account of Google's. */
function memberOf({ workspace, holder }: ReaderSpec): string {
  if (holder.serviceAccount === undefined) return `serviceAccount:${holder.serviceAccountEmail}`;
  const pods = podsOf(workspace);
  if (pods === undefined) throw new Error("no cluster: clusterFaults and the binding's checks refuse that");
  return `principal://iam.googleapis.com/${poolOf(pods)}/subject/ns/${pods.namespace}/sa/${holder.serviceAccount}`;
}

/** https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#kubernetes-resources-iam-policies */
function poolOf({ projectId, projectNumber }: { projectId: string; projectNumber: string }): string {
  return `projects/${projectNumber}/locations/global/workloadIdentityPools/${projectId}.svc.id.goog`;
}

/** Additive: what else is granted on the secret stays. */
function grant(
  name: string,
  spec: ReaderSpec & { project: pulumi.Output<string>; secretName: string },
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { workspace, project, secretName } = spec;
  const granted = { project, secretId: secretIdOf(workspace, secretName), role: accessor, member: memberOf(spec) };
  return workspace.location === undefined
    ? new secretmanager.SecretIamMember(name, granted, options).id
    : new secretmanager.RegionalSecretIamMember(name, { ...granted, location: workspace.location }, options).id;
}
