/** Custom roles: https://cloud.google.com/iam/docs/creating-custom-roles */
import { alreadyExists, invalid, notFound } from "../errors";
import type { Resource } from "../state";
import type { Answer, Method, Methods, Request, World } from "./method";

const families = ["iam.projects.roles", "iam.organizations.roles"];

export const roleMethods: Methods = Object.fromEntries(
  Object.entries({ create, get, patch, delete: remove, undelete }).flatMap(([verb, method]: [string, Method]) =>
    families.map((family) => [`${family}.${verb}`, method]),
  ),
);

const roleIds = /^[a-zA-Z0-9_.]{3,64}$/;

function create({ state }: World, { name: parent, body }: Request): Answer {
  const { roleId, role } = body as { roleId: string; role: Resource };
  if (!roleIds.test(roleId)) throw invalid(`roleId must match ${roleIds.source}`);
  const name = `${parent}/roles/${roleId}`;
  const existing = state.get(name);
  if (existing?.deleted === true)
    throw invalid(
      `You can't create a role with role_id (${roleId}) where there is an existing role with that role_id in a deleted state.`,
    );
  if (existing !== undefined) throw alreadyExists(name);
  return { resource: state.put(name, { ...role, name }), created: name };
}

function get(world: World, { name }: Request): Answer {
  return { resource: roleAt(world, name) };
}

function patch(world: World, { name, body }: Request): Answer {
  if (roleAt(world, name).deleted === true) throw invalid(`[${name}] is deleted.`);
  return { resource: world.state.put(name, { ...body, name }) };
}

/** The id stays taken for weeks, and the role can be brought back. */
function remove(world: World, { name }: Request): Answer {
  return { resource: world.state.put(name, { ...roleAt(world, name), deleted: true }) };
}

function undelete(world: World, { name }: Request): Answer {
  const { deleted, ...role } = roleAt(world, name);
  if (deleted !== true) throw invalid(`[${name}] is not deleted.`);
  return { resource: world.state.put(name, role) };
}

function roleAt({ state }: World, name: string): Resource {
  const role = state.get(name);
  if (role === undefined) throw notFound(name);
  return role;
}
