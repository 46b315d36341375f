import { effectivePermissions } from "../../../components/aws/effectivePermissions";
import { keyDocument } from "../../../components/aws/iam";
import { permissions, type RoleName, roleMatrix, roleNames } from "../../../components/roles";
import { Workspace, type WorkspaceArgs } from "../../../index";
import { accessDocument, accessWith, accountId, arn, production, scope } from "../../support/fixtures";
import { run } from "../../support/mocks";

const effective = async (more: Partial<WorkspaceArgs> = {}) => {
  const program = () => {
    const { effectivePermissions } = new Workspace("production", { ...production, ...more });
    return { effectivePermissions };
  };
  return (await run(program)).result.effectivePermissions;
};

test.each<[string, Partial<WorkspaceArgs>]>([
  ["by default", {}],
  ["with replicas", { aws: { region: "us-east-1", accountId, replicaRegions: ["eu-west-1", "us-west-2"] } }],
  ["where members use the key through the service", { memberKms: "via-service" }],
  ["where Resource Explorer lists", { listing: "explorer" }],
  ["with another prefix", { prefix: "acme" }],
  ["with break-glass by a pattern", { breakGlass: [{ arnPattern: "arn:aws:iam::*:role/security-*" }] }],
  [
    "with an adopted secret",
    {
      adopt: [
        {
          secretName: "legacy",
          arn: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy-AbCdEf`,
          keyArn: `arn:aws:kms:us-east-1:${accountId}:key/legacy`,
        },
      ],
    },
  ],
])("the documents give each role what the matrix says, %s", async (_, args) => {
  expect(await effective(args)).toEqual(roleMatrix);
});

test("where nothing is listed, no role lists", async () => {
  const unlisted = roleNames.map((role) => [role, { ...roleMatrix[role], list: false }]);
  expect(await effective({ listing: "none" })).toEqual(Object.fromEntries(unlisted));
});

test("roles that were not made are absent; existing ones are there", async () => {
  const roles = { viewers: [{ arn: arn("auditors") }] };
  expect(await effective({ roles, existingRoles: { owner: arn("founders") } })).toEqual({
    viewer: roleMatrix.viewer,
    owner: roleMatrix.owner,
  });
});

const key = `arn:aws:kms:us-east-1:${accountId}:key/production`;
const principal = (role: RoleName) => `arn:aws:iam::${accountId}:role/vantedge/production/vantedge-production-${role}`;
const ofDocuments = (role: RoleName, identity: string[], keyPolicy = keyDocument(scope, "validate-only", {}, [])) =>
  effectivePermissions(principal(role), { identity, key: keyPolicy }, scope, accessWith(key));

test("is decided from the documents: without any, nothing is permitted", () => {
  expect(ofDocuments("owner", [])).toEqual(Object.fromEntries(permissions.map((permission) => [permission, false])));
});

test("a broad policy beside a member's rights gives what they don't deny", () => {
  const broad = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["secretsmanager:*", "kms:*"], Resource: "*" }],
  });
  expect(ofDocuments("member", [accessDocument("member", scope, key), broad])).toEqual(roleMatrix.member);
  expect(ofDocuments("viewer", [broad]).retrieve).toBe(false); // the key knows no such reader
  expect(ofDocuments("admin", [broad]).retrieve).toBe(true);
});

test("a key whose policy names no reader keeps values from an admin", () => {
  const nobody = keyDocument(scope, "validate-only", { admin: arn("other"), owner: arn("another") }, []);
  expect(ofDocuments("admin", [accessDocument("admin", scope, key)], nobody)).toEqual({
    ...roleMatrix.admin,
    retrieve: false,
  });
});

test("what can't be decided is absent, not denied", () => {
  expect(ofDocuments("owner", [accessDocument("owner", scope, key), "{"])).toEqual({});
});
