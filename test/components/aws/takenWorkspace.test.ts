import { Secret, Workspace } from "../../../index";
import { accountId, arn, production } from "../../support/fixtures";
import { attempt, type Calls, saying } from "../../support/mocks";

const getKey = "aws:kms/getKey:getKey";
const getRole = "aws:iam/getRole:getRole";
const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";
const getSecret = "aws:secretsmanager/getSecret:getSecret";
const absent = () => {
  throw saying("couldn't find resource");
};
const nothing: Calls = { [getKey]: absent, [getRole]: absent, [getVersions]: absent, [getSecret]: absent };

const program = () => {
  const { ref } = new Workspace("production", { ...production, rotator: true });
  new Secret("api-key", { workspace: ref, value: "v" });
};
const what = 'workspace "production" is there already in account 111122223333:';
const mend =
  "where another stack makes it, refer to it with workspaceRef; where this one made it under another resource name, give " +
  "that in aliases; else choose another workspaceName (another prefix alone keeps alias and roles the same)";
const roles = ["admin", "member", "owner", "rotator", "viewer"].map((role) => `role vantedge-production-${role}`);
const alias = "key alias/vantedge-production in us-east-1";

test.each<[string, Calls, string[]]>([
  ["is nowhere", nothing, []],
  [
    "has a key and roles",
    { ...nothing, [getKey]: () => ({ arn: "a" }), [getRole]: () => ({ arn: "b" }) },
    [`${what} ${[alias, ...roles].join(", ")}`, mend],
  ],
  ["has a key", { ...nothing, [getKey]: () => ({ arn: "a" }) }, [`${what} ${alias}`, mend]],
  [
    "has a role",
    { ...nothing, [getRole]: ({ name }) => (name === "vantedge-production-owner" ? { arn: "a" } : absent()) },
    [`${what} role vantedge-production-owner`, mend],
  ],
  [
    "has secrets too, which are not to be taken over",
    {
      ...nothing,
      [getKey]: () => ({ arn: "a" }),
      [getVersions]: () => ({ versions: [] }),
      [getSecret]: () => ({ arn: "a" }),
    },
    [`${what} ${alias}`, mend],
  ],
])("a workspace that %s", async (_, calls, lines) => {
  const preview = await attempt(program, { calls, hooks: true, preview: true });
  expect(preview.errors).toEqual(lines);
  const update = await attempt(program, { calls, hooks: true });
  expect(update.errors.length > 0).toBe(lines.length > 0);
  expect(update.errors.filter((error) => !error.includes('failed: workspace "production"'))).toEqual([]);
});

test("each name is asked for as it is", async () => {
  const { calls } = await attempt(program, { calls: nothing, hooks: true, preview: true });
  const asked = calls.filter(({ token }) => [getKey, getRole].includes(token)).map(({ inputs }) => inputs);
  expect(asked.map(({ name, keyId }) => name ?? keyId).sort()).toEqual(
    ["alias/vantedge-production", ...roles.map((role) => role.slice("role ".length))].sort(),
  );
});

test("a role that exists is not one to be made", async () => {
  const existingRoles = { admin: arn("admins") };
  const args = { organization: "A", aws: { region: "us-east-1", accountId }, existingRoles };
  const calls = { ...nothing, [getRole]: () => ({ arn: "b" }) };
  const { errors } = await attempt(() => new Workspace("production", args), { calls, hooks: true, preview: true });
  expect(errors).toEqual([]);
});
