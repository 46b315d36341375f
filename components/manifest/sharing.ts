import { podIdentityOf, sameness } from "../podIdentities";
import type { RoleName } from "../roles";
import type { WorkspaceRef } from "../workspaceRef";
import type { Entries, Entry } from "./entries";
import type { Problem } from "./problems";
import type { WorkspaceEntry } from "./shapes";

/** What is one workspace's alone, and that two of them name. */
export function sharedBetweenWorkspaces(
  entries: Entries,
  refOf: (workspace: string) => WorkspaceRef | undefined,
): Problem[] {
  return [...sharedNamespaces(entries), ...samePods(entries, refOf), ...sharedThings(entries)];
}

/** Namespaces of different clusters that Google's IAM doesn't tell apart: those of one cluster are compared above. */
function samePods(entries: Entries, refOf: (workspace: string) => WorkspaceRef | undefined): Problem[] {
  const known = entries.workspaces.flatMap((entry) => {
    const ref = entry.known && refOf(entry.known.name);
    const identity = ref && podIdentityOf(ref);
    return identity === undefined ? [] : [{ entry, identity, context: entry.known?.context }];
  });
  return known.flatMap(({ entry, identity, context }, index) => {
    const elsewhere = known.slice(0, index).filter((earlier) => earlier.context !== context);
    const message = sameness(
      identity,
      elsewhere.map((earlier) => earlier.identity),
    );
    return message === undefined ? [] : [entry.problem(["namespace"], message)];
  });
}

/** A namespace is one workspace's alone: who may read in it reads all that is delivered there. */
function sharedNamespaces(entries: Entries): Problem[] {
  const places = entries.workspaces.flatMap((entry) =>
    entry.known === undefined
      ? []
      : [{ entry, known: entry.known, namespace: entry.known.namespace ?? entry.known.name }],
  );
  return places.flatMap(({ entry, known, namespace }, index) => {
    const other = places
      .slice(0, index)
      .find((earlier) => earlier.namespace === namespace && earlier.known.context === known.context);
    if (other === undefined || other.known.name === known.name) return [];
    const message = `the namespace "${namespace}" is that of workspace "${other.known.name}": give each its own`;
    return [entry.problem(["namespace"], message)];
  });
}

/** Something of a workspace that no other may have, by what identifies it in the cloud. */
interface Thing {
  owner: string;
  id: string;
  problem: (message: string) => Problem;
}

/** Two guards on one role would deny everything, and an adopted secret that two workspaces reach is a way between them. */
function sharedThings(entries: Entries): Problem[] {
  const things = entries.workspaces.flatMap((entry) => (entry.known === undefined ? [] : thingsOf(entry, entry.known)));
  return things.flatMap(({ owner, id, problem }, index) => {
    const other = things.slice(0, index).find((earlier) => earlier.id === id && earlier.owner !== owner);
    return other === undefined ? [] : [problem(`is that of workspace "${other.owner}": give each its own`)];
  });
}

function thingsOf(entry: Entry<WorkspaceEntry>, { name, existingRoles = {}, adopt = [] }: WorkspaceEntry): Thing[] {
  const thing = (path: PropertyKey[], id: string): Thing => ({
    owner: name,
    id,
    problem: (message) => entry.problem(path, message),
  });
  const roles = Object.entries(existingRoles) as [RoleName, string][];
  return [
    ...roles.map(([role, arn]) => thing(["existingRoles", role], arn)),
    ...adopt.map(({ arn }, index) => thing(["adopt", index, "arn"], arn)),
  ];
}
