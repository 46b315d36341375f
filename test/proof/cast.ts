import type { RoleName } from "../../components/roles";
import type { Document, Recorded, RecordedRole } from "./documents";
import type { Caller } from "./simulate";

export type Kind = RoleName | "workload" | "rotator" | "outsider";

/** A workspace, as far as requests can tell it. */
export interface Home {
  workspace: string;
  prefix: string;
  account: string;
  regions: string[];
  keyArns: string[];
}

/** Someone who calls AWS. */
export interface Actor extends Caller {
  name: string;
  kind: Kind;
  account: string;
  /** The workspace whose role it is. Outsiders have none. */
  home?: Home;
  access: Document[];
  guard: Document[];
  /** Whether everything is allowed to it by policies that are not ours. */
  privileged: boolean;
}

/** Policies that are not ours and allow all that could matter (matrix: extraIdentityPolicy). */
export const everything: Document = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Everything", Effect: "Allow", Action: ["secretsmanager:*", "kms:*"], Resource: "*" }],
};

/** The roles of a workspace, by what they are. */
export function rolesOf(recorded: Recorded, home: Home): Actor[] {
  const path = `/vantedge/${home.workspace}/`;
  return recorded.roles
    .filter((role) => role.path.startsWith(path))
    .map((role) => {
      const kind = kindOf(role, home.workspace);
      const at = kind === "workload" ? inHomeRegion(home) : home;
      return { ...callerOf(role.arn), name: `${kind} of ${home.workspace}`, kind, home: at, ...documentsOf(role) };
    });
}

/** Workloads read in the home region only: replicas are for another region's workloads. */
function inHomeRegion(home: Home): Home {
  return { ...home, regions: home.regions.slice(0, 1), keyArns: home.keyArns.slice(0, 1) };
}

function kindOf({ path, name }: RecordedRole, workspace: string): Kind {
  if (path.endsWith("/workload/")) return "workload";
  if (path.endsWith("/rotation/")) return "rotator";
  return name.slice(`vantedge-${workspace}-`.length) as RoleName;
}

function documentsOf({ access, guard }: RecordedRole) {
  return { access, guard, privileged: false };
}

/** Someone whose policies are not ours: they allow everything. */
export function outsider(name: string, arn: string): Actor {
  return { ...callerOf(arn), name, kind: "outsider", access: [], guard: [], privileged: true };
}

/** A role calls in a session of it; its path is not in the session's ARN. */
function callerOf(arn: string): Caller & { account: string } {
  const account = arn.split(":")[4] as string;
  if (!arn.includes(":role/")) return { arn, session: arn, account };
  return { arn, session: `arn:aws:sts::${account}:assumed-role/${arn.split("/").at(-1)}/session`, account };
}

export function isOf(...kinds: Kind[]): (actor: Actor) => boolean {
  return ({ kind }) => kinds.includes(kind);
}
