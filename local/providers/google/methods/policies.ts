/** Who may do what on something: https://cloud.google.com/iam/docs/policies */
import { isDeepStrictEqual } from "node:util";
import { parse } from "@bufbuild/cel";
import { GoogleError, invalid } from "../errors";
import { projectOf } from "../projects";
import type { Binding, Policy } from "../state";
import { isMissingAgent } from "./agents";
import type { Answer, Methods, Request, World } from "./method";

const families = [
  "cloudkms.projects.locations.keyRings.cryptoKeys",
  "cloudresourcemanager.projects",
  "pubsub.projects.topics",
  "secretmanager.projects.locations.secrets",
  "secretmanager.projects.secrets",
  "storage.buckets",
];

export const policyMethods: Methods = Object.fromEntries(
  families.flatMap((family) => [
    [`${family}.getIamPolicy`, get],
    [`${family}.setIamPolicy`, set],
  ]),
);

function get(world: World, { name }: Request): Answer {
  requireResource(world, name);
  return { resource: { ...world.state.policy(name) } };
}

function set(world: World, { name, body }: Request): Answer {
  requireResource(world, name);
  // Cloud Storage takes the policy itself.
  const policy = (body.policy ?? body) as Policy;
  for (const binding of added(world.state.policy(name), policy)) refuseBinding(world, name, policy, binding);
  return { resource: { ...world.state.setPolicy(name, policy) } };
}

/** What was bound before stays as it is: the binding of a role outlives the role. */
function added({ bindings: old = [] }: Policy, { bindings = [] }: Policy): Binding[] {
  return bindings.filter((binding) => !old.some((known) => isDeepStrictEqual(known, binding)));
}

/** Every project is there. */
function requireResource({ state }: World, name: string): void {
  if (/^projects\/[^/]+$/.test(name) || state.get(name) !== undefined) return;
  throw new GoogleError(404, `[${name}] not found.`);
}

/** https://cloud.google.com/iam/docs/principal-identifiers */
const members =
  /^(?:allUsers|allAuthenticatedUsers|(?:user|serviceAccount|group):[^@\s]+@[^@\s]+|serviceAccount:[^@\s]+\.svc\.id\.goog\[[^\]]+\]|domain:\S+|principal(?:Set)?:\/\/\S+|deleted:\S+|project(?:Owner|Editor|Viewer):\S+)$/;

function refuseBinding(world: World, name: string, policy: Policy, { role, members: bound, condition }: Binding): void {
  refuseRole(world, name, role);
  for (const member of bound) {
    if (!members.test(member)) throw invalid(`Invalid member: ${member}`);
    if (isMissingAgent(world, member, projectOf(name))) throw invalid(`${member} does not exist.`);
  }
  if (condition === undefined) return;
  if (policy.version !== 3) throw invalid("a policy with conditions must be of version 3");
  if (!condition.title) throw invalid("condition.title: must be given");
  refuseExpression(condition.expression ?? "");
}

/** Custom roles of the resource's own project have to be there; those of organizations are not known here. */
function refuseRole({ state, projects }: World, name: string, role: string): void {
  if (/^roles\/[\w.]+$/.test(role) || /^organizations\/\d+\/roles\/[\w.]+$/.test(role)) return;
  const custom = projects.byId(role);
  const known = state.get(custom);
  const inHierarchy = !name.startsWith("projects/") || projectOf(custom) === projectOf(name);
  if (inHierarchy && /^projects\/[^/]+\/roles\/[\w.]+$/.test(custom) && known !== undefined && known.deleted !== true)
    return;
  throw invalid(`Role (${role}) does not exist in the resource's hierarchy.`);
}

function refuseExpression(expression: string): void {
  try {
    parse(expression);
  } catch {
    throw invalid("condition.expression: must be an expression of CEL");
  }
}
