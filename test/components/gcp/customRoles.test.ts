import { createCustomRoles, customRoleKinds, customRoleName, customRoles } from "../../../components/gcp/customRoles";
import ownerPermissions from "../../../components/gcp/policies/secretManagerAdmin.json";
import { run, summary } from "../../support/mocks";

const metadata = [
  "resourcemanager.projects.get",
  "secretmanager.locations.get",
  "secretmanager.locations.list",
  "secretmanager.secrets.get",
  "secretmanager.secrets.list",
  "secretmanager.versions.get",
  "secretmanager.versions.list",
];
const writing = [
  "secretmanager.secrets.create",
  "secretmanager.secrets.delete",
  "secretmanager.secrets.update",
  "secretmanager.versions.add",
  "secretmanager.versions.destroy",
  "secretmanager.versions.disable",
  "secretmanager.versions.enable",
];
const reading = ["secretmanager.secrets.getIamPolicy", "secretmanager.secrets.rotate", "secretmanager.versions.access"];

/** Golden: whoever changes a list gives it another id, since roles that are bound never change in place. */
test.each([
  ["viewer", "vantedgeSecretsViewer_v1", metadata],
  ["member", "vantedgeSecretsMember_v1", [...metadata, ...writing]],
  ["admin", "vantedgeSecretsAdmin_v1", [...metadata, ...writing, ...reading]],
  ["lister", "vantedgeSecretsLister_v1", ["resourcemanager.projects.get", "secretmanager.secrets.list"]],
  ["creator", "vantedgeSecretsCreator_v1", ["secretmanager.secrets.create"]],
] as const)("the id and the permissions of %s belong together", (kind, id, permissions) => {
  expect(customRoles[kind].roleId).toBe(id);
  expect(customRoles[kind].permissions).toEqual([...permissions].sort());
});

test.each(customRoleKinds)("%s keeps Google's limits, and gives nobody access", (kind) => {
  const { roleId, title, description, permissions } = customRoles[kind];
  expect(roleId).toMatch(/^[a-zA-Z0-9_.]{3,64}$/);
  expect(title).toContain(`version ${roleId.split("_v")[1]}`);
  expect(Buffer.byteLength(title)).toBeLessThanOrEqual(100);
  expect(Buffer.byteLength(description)).toBeLessThanOrEqual(300);
  const escalating = /setIamPolicy|TagBinding|enableManagedRotation|backup|^iam\.|^cloudkms\.|\*/;
  expect(permissions.filter((permission) => escalating.test(permission))).toEqual([]);
  expect(permissions.filter((permission) => !(ownerPermissions as string[]).includes(permission))).toEqual([]);
});

test("in a project, each by its version", async () => {
  const { resources } = await run(() => {
    createCustomRoles("trail", { projectId: "shared-project" }, {});
  });
  expect(summary(resources).sort()).toEqual(
    ["Admin", "Creator", "Lister", "Member", "Viewer"].map(
      (role) => `gcp:projects/iAMCustomRole:IAMCustomRole trail-vantedgeSecrets${role}_v1`,
    ),
  );
  for (const { inputs } of resources) expect(inputs).toMatchObject({ project: "shared-project", stage: "GA" });
});

test("in an organization", async () => {
  const { resources } = await run(() => {
    createCustomRoles("trail", { organizationId: "456789012345" }, {}, ["creator"]);
  });
  expect(resources.map(({ type, name, inputs }) => ({ type, name, inputs }))).toEqual([
    {
      type: "gcp:organizations/iAMCustomRole:IAMCustomRole",
      name: "trail-vantedgeSecretsCreator_v1",
      inputs: {
        orgId: "456789012345",
        roleId: "vantedgeSecretsCreator_v1",
        title: "Vantedge secrets: creator, version 1",
        description: "Creates secrets in a project that workspaces share. Sees no value.",
        stage: "GA",
        permissions: ["secretmanager.secrets.create"],
      },
    },
  ]);
  expect(customRoleName("organizations/456789012345", "creator")).toBe(
    "organizations/456789012345/roles/vantedgeSecretsCreator_v1",
  );
});
