import Table from "cli-table3";
import { permissions, permissionsOf, type RoleName, roleMatrix, roleNames } from "../../components/roles";

/** A resource of `pulumi stack export`, as far as the summary looks at it. Secret values are encrypted there. */
export interface ExportedResource {
  type: string;
  outputs?: Record<string, unknown>;
}

interface SecretOutputs {
  name: string;
  description: string;
  tags: Record<string, string>;
}
interface GoogleSecretOutputs {
  secretId: string;
  annotations: Record<string, string>;
  labels: Record<string, string>;
}
interface WorkspaceOutputs {
  workspaceName: string;
  roleArns: Record<string, string>;
}
interface Workload {
  metadata: { name: string; namespace: string };
  spec: { template?: Template; jobTemplate?: { spec: { template: Template } } };
}
interface Template {
  spec: { containers: Container[]; volumes?: Volume[] };
}
interface Container {
  env?: { name: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
  volumeMounts?: { name: string; mountPath: string }[];
}
interface Volume {
  name: string;
  projected?: { sources: { secret?: { name: string; items: { key: string; path: string }[] } }[] };
}

/** What a run provisioned, read back from its state: workspaces, secrets, roles, workloads. No value is in it. */
export function summary(resources: readonly ExportedResource[]): string {
  const of = <T>(type: string) =>
    resources.filter((resource) => resource.type === type).map(({ outputs }) => outputs as T);
  const google = of<GoogleSecretOutputs>("gcp:secretmanager/secret:Secret").map(
    ({ secretId, annotations, labels }) => ({
      name: secretId,
      description: annotations["vantedge-description"] ?? "",
      tags: labels,
    }),
  );
  return [
    "Secrets, by workspace",
    secretsTable([...of<SecretOutputs>("aws:secretsmanager/secret:Secret"), ...google]),
    "Roles, in each workspace for its own secrets only",
    rolesTable(of<WorkspaceOutputs>("vantedge-secrets:index:Workspace")),
    "What the workloads receive",
    workloadsTable([...of<Workload>("kubernetes:apps/v1:Deployment"), ...of<Workload>("kubernetes:batch/v1:CronJob")]),
  ].join("\n");
}

function secretsTable(secrets: SecretOutputs[]): string {
  const rows = secrets.map(({ name, tags, description }) => [
    tags["vantedge-workspace"] ?? "",
    name,
    tags["vantedge-type"] ?? "",
    description,
  ]);
  return table(["workspace", "secret", "type", "description"], rows.sort(byText));
}

function rolesTable(workspaces: WorkspaceOutputs[]): string {
  const rows = roleNames.map((role) => [
    role,
    ...permissions.slice(0, 5).map((permission) => (roleMatrix[role][permission] ? "yes" : "-")),
    beyondTheFive(role),
    workspaces
      .filter(({ roleArns }) => role in roleArns)
      .map(({ workspaceName }) => workspaceName)
      .sort()
      .join(", "),
  ]);
  return table(["role", ...permissions.slice(0, 5), "and", "provisioned in"], rows);
}

function beyondTheFive(role: RoleName): string {
  return permissionsOf(role)
    .filter((permission) => !permissions.slice(0, 5).includes(permission))
    .join(", ");
}

function workloadsTable(workloads: Workload[]): string {
  const rows = workloads.flatMap(({ metadata, spec }) => {
    const pod = (spec.template ?? spec.jobTemplate?.spec.template)?.spec ?? { containers: [] };
    return pod.containers
      .flatMap((container) => [...variables(container), ...files(container, pod.volumes ?? [])])
      .map(([kind, where, from]) => [`${metadata.namespace}/${metadata.name}`, kind, where, from]);
  });
  return table(["workload", "as", "where", "from (Secret, key)"], rows as string[][]);
}

function variables(container: Container): string[][] {
  return (container.env ?? []).flatMap(({ name, valueFrom }) => {
    const reference = valueFrom?.secretKeyRef;
    return reference === undefined ? [] : [["variable", name, `${reference.name}, ${reference.key}`]];
  });
}

function files(container: Container, volumes: Volume[]): string[][] {
  return (container.volumeMounts ?? []).flatMap(({ name, mountPath }) =>
    (volumes.find((volume) => volume.name === name)?.projected?.sources ?? []).flatMap(({ secret }) =>
      (secret?.items ?? []).map(({ key, path }) => ["file", `${mountPath}/${path}`, `${secret?.name}, ${key}`]),
    ),
  );
}

function table(head: string[], rows: string[][]): string {
  // Lines between rows would double the height.
  const chars = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };
  const made = new Table({ head, chars, style: { head: [], border: [] } });
  made.push(...rows);
  return `${made.toString()}\n`;
}

function byText(a: string[], b: string[]): number {
  return a.join("/") < b.join("/") ? -1 : 1;
}
