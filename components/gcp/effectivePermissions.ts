import { run } from "@bufbuild/cel";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Permission, permissions } from "../roles";
import type { WorkspaceRef } from "../workspaceRef";
import { secretType, versionType } from "./conditions";
import type { MadeBinding } from "./iam";
import { secretIdOf } from "./names";

/** Whether a role may do what a permission of the matrix names, by permission. */
export type EffectivePermissions = Record<string, boolean>;

type Target = "project" | "secret" | "version";

/**
 * What Google checks for each permission, and on what (facts/iam.md 2). There is no recovery window: whoever deletes a
 * secret deletes it for good, so `forceDelete` is what `delete` is.
 */
const checks: Record<Permission, readonly [Target, string][]> = {
  create: [
    ["project", "secretmanager.secrets.create"],
    ["secret", "secretmanager.versions.add"],
  ],
  list: [
    ["project", "secretmanager.secrets.list"],
    ["secret", "secretmanager.secrets.get"],
  ],
  retrieve: [["version", "secretmanager.versions.access"]],
  update: [
    ["secret", "secretmanager.versions.add"],
    ["secret", "secretmanager.secrets.update"],
  ],
  delete: [["secret", "secretmanager.secrets.delete"]],
  resourcePolicy: [["secret", "secretmanager.secrets.setIamPolicy"]],
  rotation: [
    ["secret", "secretmanager.secrets.enableManagedRotation"],
    ["secret", "secretmanager.secrets.rotate"],
  ],
  forceDelete: [["secret", "secretmanager.secrets.delete"]],
};

/**
 * What the principals of a role may really do with a secret of the workspace, decided from their bindings as they were
 * made: by the permissions of the roles and the text of the conditions, before any `until`. True where it is true of each
 * of them. Nothing is taken from the role matrix.
 */
export function effectivePermissions(
  bindings: readonly MadeBinding[],
  permissionsByRole: ReadonlyMap<string, readonly string[]>,
  ref: WorkspaceRef,
): EffectivePermissions {
  const resources = resourcesOf(ref);
  const members = [...new Set(bindings.map(({ member }) => member))];
  const may = (member: string, [target, action]: readonly [Target, string]) =>
    bindings.some(
      (binding) =>
        binding.member === member &&
        permissionsByRole.get(binding.role)?.includes(action) === true &&
        holds(binding.condition, resources[target]),
    );
  const decided = permissions.map((permission): [Permission, boolean] => [
    permission,
    members.every((member) => checks[permission].every((check) => may(member, check))),
  ]);
  return Object.fromEntries(decided);
}

interface Resource {
  type: string;
  name: string;
}

/** What conditions see of the project, and of a secret of the workspace: https://cloud.google.com/iam/docs/conditions-resource-attributes */
function resourcesOf(ref: WorkspaceRef): Record<Target, Resource> {
  const project = `projects/${ref.projectNumber}`;
  const place = ref.location === undefined ? "" : `/locations/${ref.location}`;
  const secret = `${project}${place}/secrets/${secretIdOf(ref, "any")}`;
  return {
    project: { type: "cloudresourcemanager.googleapis.com/Project", name: project },
    secret: { type: secretType, name: secret },
    version: { type: versionType, name: `${secret}/versions/1` },
  };
}

/** A condition that can't be decided grants nothing, as with Google. */
function holds(condition: MadeBinding["condition"], { type, name }: Resource): boolean {
  if (condition === undefined) return true;
  const resource = new Map([
    ["type", type],
    ["name", name],
  ]);
  const request = new Map([["time", timestampFromDate(new Date(0))]]);
  return run(condition.expression, { resource, request }) === true;
}
