import { effectivePermissions } from "../../../components/gcp/effectivePermissions";
import { bindingsOfRole, type MadeBinding, permissionsByRole } from "../../../components/gcp/iam";
import type { Permission } from "../../../components/roles";
import { workspaceSpec } from "../../../components/workspaceSpec";
import { gcpProduction, gcpRef, group, projectId } from "../../support/gcp";

const spec = workspaceSpec("production", gcpProduction);
const roles = permissionsByRole(spec);
const allowed = (bindings: readonly MadeBinding[], permissions = roles, ref = gcpRef) =>
  Object.entries(effectivePermissions(bindings, permissions, ref)).flatMap(([name, may]) => (may ? [name] : []));
const made = (sharing: typeof spec.sharing, role: "viewer" | "member" | "admin" | "owner") =>
  bindingsOfRole(role, { ...spec, sharing });

const member: Permission[] = ["create", "list", "update", "delete", "forceDelete"];
const owner: Permission[] = [
  "create",
  "list",
  "retrieve",
  "update",
  "delete",
  "resourcePolicy",
  "rotation",
  "forceDelete",
];
const onProject: string[] = ["create", "list"];

test.each([
  ["viewer", ["list"]],
  ["member", member],
  ["admin", ["create", "list", "retrieve", "update", "delete", "forceDelete"]],
  ["owner", owner],
] as const)("what %s may in a project of its own, strictly shared and openly shared", (role, expected) => {
  expect(allowed(made("none", role))).toEqual(expected);
  expect(allowed(made("strict", role))).toEqual(expected.filter((permission) => !onProject.includes(permission)));
  expect(allowed(made("open", role))).toEqual(expected);
});

test("a regional workspace is decided on a regional secret", () => {
  const ref = { ...gcpRef, location: "europe-west3" };
  const strict = { ...spec, sharing: "strict" as const };
  expect(allowed(bindingsOfRole("owner", strict), roles, ref)).toEqual([]);
  const regional = bindingsOfRole("owner", { ...strict, ref });
  expect(allowed(regional, roles, ref)).toContain("retrieve");
});

const admin = `projects/${projectId}/roles/vantedgeSecretsAdmin_v1`;
const binding = (expression?: string, role = admin): MadeBinding => ({
  role,
  member: group("leads"),
  condition: expression === undefined ? undefined : { expression },
});

test.each([
  ["a condition that does not hold", "false"],
  ["a condition that is no condition", '"true"'],
  ["a condition that can't be read", "resource.name.startsWith("],
  ["a condition on what nobody knows", "resource.tags == 1"],
  ["the project's id in place of its number", `resource.name.startsWith("projects/${projectId}/")`],
])("%s grants nothing", (_, expression) => {
  expect(allowed([binding(expression)])).toEqual([]);
});

test("a condition that forgets versions takes retrieval away", () => {
  const forgetful = 'resource.type == "secretmanager.googleapis.com/Secret"';
  expect(allowed([binding(forgetful)])).toEqual(["update", "delete", "forceDelete"]);
});

test("it is the made role that counts, not the matrix", () => {
  const weaker = new Map([[admin, ["secretmanager.versions.access"]]]);
  expect(allowed([binding()], weaker)).toEqual(["retrieve"]);
  expect(allowed([binding(undefined, "roles/unknown")])).toEqual([]);
});

test("true is what is true of each member, and one member's rights are not another's", () => {
  const jo = { ...binding("false"), member: "user:jo@ai-startup.example" };
  expect(allowed([binding(), jo])).toEqual([]);
});
