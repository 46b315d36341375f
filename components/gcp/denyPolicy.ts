import { DenyPolicy } from "@pulumi/gcp/iam/denyPolicy";
import type * as pulumi from "@pulumi/pulumi";
import type { AuditedGkeArgs } from "../auditTrailRef";
import type { GcpTrailSpec } from "../backend";

/**
 * A second lock, which no role opens: https://cloud.google.com/iam/docs/deny-overview. One for the project, since IAM
 * takes five changes of such policies in a minute (https://cloud.google.com/iam/quotas), and its conditions know no
 * secret by its name. It takes nothing away from bindings: whom it excepts still needs a role.
 */
export function createDenyPolicy(
  name: string,
  { denyPolicy, workspaces }: GcpTrailSpec,
  project: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): void {
  if (denyPolicy === undefined) return;
  const { readers, granters = [] } = denyPolicy;
  const pods = workspaces.flatMap(({ gke }) => (gke === undefined ? [] : [podsOf(gke)]));
  const accounts = workspaces.flatMap(({ serviceAccounts = [] }) => serviceAccounts);
  new DenyPolicy(
    `${name}-deny`,
    {
      parent: project.apply((id) => encodeURIComponent(`cloudresourcemanager.googleapis.com/projects/${id}`)),
      name: "vantedge-secrets",
      displayName: "Vantedge secrets: who reads and who shares",
      rules: [
        denial("Values are read by readers and workloads alone", "secretmanager.googleapis.com/versions.access", [
          ...[...readers, ...accounts.map((email) => `serviceAccount:${email}`)].map(principal),
          ...pods,
        ]),
        denial(
          "Access to secrets is given by granters alone",
          "secretmanager.googleapis.com/secrets.setIamPolicy",
          granters.map(principal),
        ),
      ],
    },
    options,
  );
}

function denial(description: string, permission: string, excepted: string[]) {
  const exceptionPrincipals = [...new Set(excepted)];
  return {
    description,
    denyRule: {
      deniedPrincipals: ["principalSet://goog/public:all"],
      deniedPermissions: [permission],
      ...(exceptionPrincipals.length === 0 ? {} : { exceptionPrincipals }),
    },
  };
}

/** Prefixes of members, and what deny policies write instead: https://cloud.google.com/iam/docs/principal-identifiers#deny */
const prefixes: Record<string, string> = {
  user: "principal://goog/subject/",
  group: "principalSet://goog/group/",
  serviceAccount: "principal://iam.googleapis.com/projects/-/serviceAccounts/",
};

/** A member of an allow policy as deny policies name it. */
export function principal(member: string): string {
  const [kind, email] = member.split(":") as [string, string];
  const prefix = prefixes[kind];
  return prefix === undefined ? member : `${prefix}${email}`;
}

/**
 * All pods of the clusters of a project. The set of a namespace's pods is known to allow policies only: the page above
 * lists it for them, and for deny policies whole pools and single subjects.
 */
function podsOf({ projectId, projectNumber }: AuditedGkeArgs): string {
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${projectId}.svc.id.goog`;
  return `principalSet://iam.googleapis.com/${pool}/*`;
}
