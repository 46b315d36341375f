import { provisionManifest } from "../../../components/manifest/provision";
import { accountId, arn } from "../../support/fixtures";
import { file, head, marked, problems } from "../../support/manifest";
import { named, only, run } from "../../support/mocks";

const legacy = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy-db-AbCdEf`;
const key = `arn:aws:kms:us-east-1:${accountId}:key/legacy`;

test("what a workspace says of its access reaches the component", async () => {
  const manifest = `${head}    roles: { members: [{ arn: "${arn("developers")}", mfa: true, until: 2027-01-31 }] }
    existingRoles: { owner: "${arn("founders")}" }
    sessionHours: { members: 4 }
    listing: none
    memberKms: via-service
    rotator: true
    adopt: [{ secretName: legacy-db, arn: "${legacy}", keyArn: "${key}" }]
    importKeys: ["${key}"]
`;
  const { resources, result } = await run(
    async () => {
      const { workspaces } = await provisionManifest(file(manifest));
      return { adopted: workspaces.production?.ref.adopted };
    },
    {
      config: { "project:preflight": "false" },
      calls: { "aws:kms/getKey:getKey": () => ({ description: "Secrets of workspace production" }) },
    },
  );
  expect(only(resources, "vantedge-secrets:index:Workspace").inputs).toMatchObject({
    listing: "none",
    memberKms: "via-service",
  });
  const roles = named(resources, "aws:iam/role:Role");
  expect(Object.keys(roles).sort()).toEqual(["production-member", "production-rotator"]);
  expect(roles["production-member"]?.inputs.maxSessionDuration).toBe(14_400);
  expect(JSON.parse(roles["production-member"]?.inputs.assumeRolePolicy as string).Statement[0].Condition).toEqual({
    Bool: { "aws:MultiFactorAuthPresent": "true" },
    DateLessThan: { "aws:CurrentTime": "2027-02-01T00:00:00Z" },
  });
  expect(named(resources, "aws:iam/rolePolicy:RolePolicy")["production-owner-isolation"]?.inputs.role).toBe("founders");
  expect(only(resources, "aws:kms/key:Key").options.import).toBe("legacy@us-east-1");
  expect(result.adopted).toEqual([{ secretName: "legacy-db", arn: legacy, keyArn: key }]);
});

test("what it says of its namespace reaches the component too", async () => {
  const manifest = `${head}    roles: { members: [{ arn: "${arn("developers")}" }] }
    namespace: apps
    createNamespace: false
    subjects: { owners: [{ serviceAccount: { name: founder, namespace: ops } }] }
    accessEntries: { clusterName: main }
    admissionPolicy: true
`;
  const { resources } = await run(() => provisionManifest(file(manifest)), {
    config: { "project:preflight": "false" },
  });
  const inKubernetes = resources.filter(({ type }) => /^kubernetes:|accessEntry/.test(type));
  expect(inKubernetes.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort()).toEqual([
    "AccessEntry production-member",
    "Role production-member",
    "Role production-owner",
    "RoleBinding production-member",
    "RoleBinding production-owner",
    "ValidatingAdmissionPolicy production-admission",
    "ValidatingAdmissionPolicyBinding production-admission",
  ]);
});

const two = (first: string, second: string) => `organization: AI Startup
cloud: { aws: { region: us-east-1, accountId: "${accountId}" } }
workspaces:
  - name: production
    ${first}
  - name: development
    ${second}
`;
const adopting = (at: string) => `adopt: [{ secretName: legacy-db, arn: ${at}"${legacy}", keyArn: "${key}" }]`;

test.each<[string, string, string[]]>([
  [
    "a role of two workspaces",
    two(`existingRoles: { viewer: "${arn("x")}" }`, `existingRoles: { admin: ¦"${arn("x")}" }`),
    ['workspaces[1].existingRoles.admin: is that of workspace "production": give each its own'],
  ],
  [
    "a secret that two workspaces adopt",
    two(adopting(""), adopting("¦")),
    ['workspaces[1].adopt[0].arn: is that of workspace "production": give each its own'],
  ],
  [
    "what AWS's rules refuse",
    two("listing: none", `existingRoles: { admin: ¦"arn:aws:iam::999900001111:role/x" }`),
    [`workspaces[1].existingRoles.admin: is not of account ${accountId}`],
  ],
  [
    "an end that is no date",
    `${head}    roles: { members: [{ arn: "${arn("x")}", until: ¦soon }] }\n`,
    [
      "workspaces[0].roles.members[0].until: must be a day such as 2027-01-31, or a moment such as 2027-01-31T18:00:00Z",
    ],
  ],
])("refuses %s, where it stands", (_, manifest, expected) => {
  const { text, places } = marked(manifest);
  expect(problems(text)).toEqual(expected.map((message, index) => `${places[index]}: ${message}`));
});
