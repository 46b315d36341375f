import type { RoleName } from "../../../components/roles";
import type { Caller } from "./decide";
import { clusters, domain, end, type Home, membersOf, pods, strangerMember, strangerRoles } from "./world";

/** The contractor is an admin until a day; a service is a workload outside of Kubernetes. */
export type Kind = RoleName | "contractor" | "workload" | "service" | keyof typeof strangerRoles | "outsider";

/** Someone who calls Google. */
export interface Actor extends Caller {
  name: string;
  kind: Kind;
  /** The workspace whose role it is. Outsiders have none. */
  home?: Home;
  time: Date;
}

const today = new Date("2026-11-25T12:00:00Z");

/** Everybody who has a right in a workspace. */
export function rolesOf(home: Home): Actor[] {
  const { contractor, ...others } = membersOf(home);
  const actor = (kind: Kind, member: string, time = today): Actor => ({
    name: `${kind} of ${home.workspace}${time === end ? ", after the end" : ""}`,
    kind,
    // A group's role is that of the people in it.
    members: member.startsWith("group:") ? [`user:${kind}.of.${home.workspace}@${domain}`, member] : [member],
    home,
    time,
  });
  return [
    ...Object.entries(others).map(([kind, member]) => actor(kind as Kind, member)),
    actor("contractor", contractor),
    actor("contractor", contractor, end),
  ];
}

/** Whoever has Google's roles by others. */
export const strangers: Actor[] = Object.keys(strangerRoles).map((kind) => ({
  name: kind,
  kind: kind as Kind,
  members: [strangerMember(kind)],
  time: today,
}));

/** Who looks like somebody who has a right, and has none. */
export function lookAlikes({ workspace }: Home): Actor[] {
  const outsiders = {
    "somebody of the company": [`user:somebody@${domain}`],
    "an admin of the same name in another domain": [`user:admin@evil.example`, `group:${workspace}-admin@evil.example`],
    "a user with the name of a group": [`user:${workspace}-admin@${domain}`],
    "a service account with the contractor's name": [`serviceAccount:contractor.of.${workspace}@${domain}`],
    "the same pod in the clusters of another project": [
      pods({ id: "foreign", number: clusters.number }, `${workspace}-apps`, "agent-reader"),
      pods({ id: clusters.id, number: "999900000001" }, `${workspace}-apps`, "agent-reader"),
    ],
    "another pod of the namespace": [pods(clusters, `${workspace}-apps`, "default")],
    "a pod of another namespace": [pods(clusters, `${workspace}-apps-2`, "agent-reader")],
  };
  return Object.entries(outsiders).map(([name, members]) => ({ name, kind: "outsider", members, time: today }));
}
