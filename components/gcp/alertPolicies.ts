import type { AuditedWorkspaceArgs } from "../auditTrailRef";
import type { GcpTrailSpec } from "../backend";
import { defaultPrefix } from "../names";
import { fill, type Placeholders } from "../placeholders";
import { archiveBucket } from "./archive";
import table from "./policies/alerts.json";

/** Which entries of the audit logs raise an alert, and what it says. */
export interface Alert {
  /** Unique in the project. */
  name: string;
  /** What happened, in words. */
  what: string;
  /** What that means. */
  why: string;
  /** https://cloud.google.com/logging/docs/view/logging-query-language */
  filter: string;
}

interface Kind {
  /** What there is one alert for. */
  per: string;
  what: string;
  why: string;
  /** Each of them holds. A clause whose placeholder has no value is left out. */
  filter: string[];
}

/** Every alert of a project's audit trail. */
export function alerts(spec: GcpTrailSpec): Alert[] {
  return Object.entries(table).flatMap(([kind, row]) =>
    occasions(row.per, spec).map((occasion) => alert(kind, row, occasion, spec)),
  );
}

/** What tells an alert from the others of its kind. */
interface Occasion {
  suffix: string;
  values: Placeholders;
}

function occasions(per: string, spec: GcpTrailSpec): Occasion[] {
  const once = { suffix: "", values: {} };
  switch (per) {
    case "workspace":
      return spec.workspaces.map((workspace) => ({ suffix: `-${workspace.name}`, values: ofWorkspace(workspace) }));
    case "prefix":
      return [...new Set(spec.workspaces.map(({ prefix = defaultPrefix }) => prefix))].map((prefix) => ({
        suffix: `-${prefix}`,
        values: { prefix },
      }));
    case "project":
      return [once];
    case "denyPolicy":
      return spec.denyPolicy === undefined ? [] : [once];
    default:
      throw new Error(`alerts.json: nothing is known of per "${per}"`);
  }
}

function ofWorkspace({ name, prefix = defaultPrefix, gke, serviceAccounts = [] }: AuditedWorkspaceArgs): Placeholders {
  return {
    workspace: name,
    prefix,
    podNumber: gke === undefined ? [] : gke.projectNumber,
    podPattern: gke === undefined ? [] : pattern(gke.projectId),
    namespace: gke === undefined ? [] : gke.namespace,
    serviceAccounts: serviceAccounts.length === 0 ? [] : serviceAccounts.map((email) => `"${email}"`).join(" OR "),
  };
}

function alert(kind: string, { what, why, filter }: Kind, { suffix, values }: Occasion, spec: GcpTrailSpec): Alert {
  const { projectId, projectNumber } = spec;
  const log = (id: string) => `projects/${projectId}/logs/cloudaudit.googleapis.com%2F${id}`;
  const known: Placeholders = {
    number: projectNumber,
    projectPattern: pattern(projectId),
    // Exact names of logs: to these nobody but Google writes, so nobody makes an alert up.
    activity: log("activity"),
    dataAccess: log("data_access"),
    policy: log("policy"),
    bucket: archiveBucket(spec),
    ...values,
  };
  return {
    name: `vantedge-${kind}${suffix}`,
    what: fill(what, known),
    why,
    filter: fill(filter, known).join("\nAND "),
  };
}

/** A project's id in a regular expression: old ones begin with a domain. */
function pattern(projectId: string): string {
  return projectId.replaceAll(".", "[.]");
}
