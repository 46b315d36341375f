import { breakGlassDefinition, type Deployed, deployerDefinition } from "../../../components/gcp/deployer";
import { gcpRef } from "../../support/gcp";

const alone: Deployed = { ref: gcpRef, sharing: "none", roleParent: undefined };
const regional = { ...alone, ref: { ...gcpRef, location: "europe-west3" } };
const permissionsOf = (text: string): string[] => JSON.parse(text).includedPermissions;
const deployer = permissionsOf(deployerDefinition(alone));

test("a definition is what gcloud takes", () => {
  const { includedPermissions, ...rest } = JSON.parse(deployerDefinition(alone));
  expect(rest).toEqual({
    title: "Vantedge secrets: deployer",
    description: "Deploys workspace production. Reads no value.",
    stage: "GA",
  });
  expect(includedPermissions).toEqual([...new Set(includedPermissions)].sort());
});

test("a deployer reads no value, destroys no version and uses no other identity", () => {
  expect(
    deployer.filter((permission) => /access|destroy|\*|getAccessToken|actAs|serviceAccount/.test(permission)),
  ).toEqual([]);
  expect(deployer).toEqual(expect.arrayContaining(["secretmanager.secrets.create", "secretmanager.versions.add"]));
});

test.each([
  ["a project of its own", alone, true],
  ["a shared project", { ...alone, sharing: "strict" } as Deployed, false],
  ["roles of the organization", { ...alone, roleParent: "organizations/456789012345" }, false],
])("who makes roles changes them: %s", (_, deployed, expected) => {
  const permissions = permissionsOf(deployerDefinition(deployed));
  expect(permissions.includes("iam.roles.create")).toBe(expected);
  expect(permissions.includes("iam.roles.update")).toBe(expected);
});

test("the values of regional secrets are read by the provider, and that is said", () => {
  expect(permissionsOf(deployerDefinition(regional))).toEqual([...deployer, "secretmanager.versions.access"].sort());
  expect(JSON.parse(deployerDefinition(regional)).description).toContain("Reads values");
});

test("break-glass reads, and changes nothing", () => {
  const permissions = permissionsOf(breakGlassDefinition(alone));
  expect(permissions).toContain("secretmanager.versions.access");
  expect(permissions.filter((permission) => !/\.(get|list|access)$/.test(permission))).toEqual([]);
});

test("in a shared project it is bound with a condition", () => {
  const { description } = JSON.parse(breakGlassDefinition({ ...alone, sharing: "open" }));
  expect(description).toContain("Bind it with the condition");
  expect(Buffer.byteLength(description)).toBeLessThanOrEqual(300);
});
