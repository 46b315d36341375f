import { accessProblem } from "../../../components/aws/preflight";
import { provisionManifest } from "../../../components/manifest/provision";
import { accountId, arn } from "../../support/fixtures";
import { file, problems as problemsOf } from "../../support/manifest";
import { attempt, named, notices, run, summary } from "../../support/mocks";

jest.mock("../../../components/aws/preflight", () => ({ accessProblem: jest.fn() }));
const cloud = jest.mocked(accessProblem);
beforeEach(() => cloud.mockReset().mockResolvedValue(undefined));

const manifest = `organization: AI Startup
cloud: { aws: { region: us-east-1, accountId: "${accountId}", replicaRegions: [eu-west-1] } }
auditTrails:
  - name: main
    objectLock: compliance
    retentionDays: 400
    emails: [security@example.com]
workspaces:
  - { name: production, roles: { admins: [{ arn: "${arn("leads")}" }] } }
  - { name: staging, prefix: acme, roles: { admins: [{ arn: "${arn("leads")}" }] } }
`;

const provision = (text: string, chosen: Record<string, string> = {}) => {
  const config = Object.fromEntries(Object.entries(chosen).map(([key, value]) => [`project:${key}`, value]));
  const program = () =>
    provisionManifest(file(text)).then(({ auditTrails, workspaces }) => ({
      trails: Object.keys(auditTrails),
      audited: Object.fromEntries(Object.entries(workspaces).map(([name, { audited }]) => [name, audited])),
    }));
  return run(program, { config });
};
const components = (resources: Parameters<typeof summary>[0]) =>
  summary(resources)
    .filter((line) => /^(vantedge|pulumi)/.test(line))
    .sort();

test("a trail watches the file's workspaces of its account, and they refer to it", async () => {
  const { resources, result } = await provision(manifest);
  expect(result).toEqual({ trails: ["main"], audited: { production: true, staging: true } });
  expect(components(resources)).toEqual([
    "pulumi:providers:aws audit--main-aws",
    "pulumi:providers:aws production-aws",
    "pulumi:providers:aws staging-aws",
    "vantedge-secrets:index:AuditTrail main",
    "vantedge-secrets:index:Workspace production",
    "vantedge-secrets:index:Workspace staging",
  ]);
  const rules = Object.values(named(resources, "aws:cloudwatch/eventRule:EventRule")).map(
    ({ inputs }) => `${inputs.region} ${inputs.name}`,
  );
  for (const region of ["us-east-1", "eu-west-1"]) {
    const own = ["read-production", "read-staging", "denied-vantedge", "denied-acme"];
    expect(rules).toEqual(expect.arrayContaining(own.map((kind) => `${region} vantedge-${kind}`)));
  }
  const lock = named(resources, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
  expect(lock["main-bucket"]?.inputs.rule).toEqual({ defaultRetention: { mode: "COMPLIANCE", days: 400 } });
  const foreign = resources.filter(
    ({ options, type }) => /^aws:(s3|cloudtrail)/.test(type) && !/audit--main/.test(options.provider),
  );
  expect(foreign).toEqual([]);
});

test("a workspace of another account has no trail", async () => {
  const other = `${manifest}  - { name: sandbox, aws: { region: us-east-1, accountId: "999900001111" } }\n`;
  const { errors, resources } = await attempt(() => provisionManifest(file(other)));
  expect(errors[0]).toContain("the credentials are of account 111122223333, not 999900001111");
  const unaudited = resources.filter((one) => notices([one]).some((line) => line.startsWith("no audit trail")));
  expect(unaudited.map(({ name }) => name)).toEqual(["sandbox"]);
});

test("a stack that chooses workspaces refers to the trail, and makes none", async () => {
  const { resources, result } = await provision(manifest, { workspaces: '["staging"]' });
  expect(result).toEqual({ trails: [], audited: { staging: true } });
  expect(named(resources, "aws:cloudtrail/trail:Trail")).toEqual({});
});

test("a stack that chooses the trail makes it for all workspaces of the file, and makes none of them", async () => {
  const { resources, result } = await provision(manifest, { auditTrails: '["main"]' });
  expect(result).toEqual({ trails: ["main"], audited: {} });
  expect(Object.keys(named(resources, "aws:cloudwatch/eventRule:EventRule"))).toEqual(
    expect.arrayContaining(["main-read-production", "main-read-staging"]),
  );
});

test("a trail that is not in the file can't be chosen", async () => {
  const { errors } = await attempt(() => provisionManifest(file(manifest)), {
    config: { "project:auditTrails": '["other"]' },
  });
  expect(errors).toEqual([
    expect.stringMatching(/^stack configuration: auditTrails: there is no audit trail "other" in .*: it has main$/),
  ]);
});

test("the account of a trail is asked before anything is made", async () => {
  const elsewhere = manifest.replace(
    "- name: main",
    `- name: main\n    aws: { region: eu-west-1, accountId: "${accountId}" }`,
  );
  await provision(elsewhere);
  expect(cloud).toHaveBeenCalledWith({ cloud: "aws", region: "eu-west-1", accountId });
});

const workspaces = `workspaces: [{ name: production }]`;
const aws = `cloud: { aws: { region: us-east-1, accountId: "${accountId}" } }`;
const head = "organization: AI Startup";

test.each<[string, string, string[]]>([
  [
    "two of one account",
    `${head}\n${aws}\nauditTrails: [{ name: one }, { name: two }]\n${workspaces}`,
    ['3:38: auditTrails[1].name: the trail "one" at FILE:3:15 is of account 111122223333 too: keep one'],
  ],
  [
    "one of no workspace",
    `${head}\n${aws}\nauditTrails: [{ name: one, aws: { region: us-east-1, accountId: "999900001111" } }]\n${workspaces}`,
    ["3:15: auditTrails[0]: the file has no workspace in account 999900001111 to watch: declare one, or leave it out"],
  ],
  [
    "what the component refuses",
    `${head}\n${aws}\nauditTrails: [{ name: one, retentionDays: 0 }]\n${workspaces}`,
    ["3:43: auditTrails[0].retentionDays: must be 1 to 36500"],
  ],
  [
    "what excludes each other",
    `${head}\n${aws}\nauditTrails: [{ name: one, logArchive: { bucketName: archive }, objectLock: compliance }]\n${workspaces}`,
    ["3:77: auditTrails[0].objectLock: has no meaning beside logArchive, since no bucket is made: leave one out"],
  ],
  [
    "an unknown region of its own",
    `${head}\n${aws}\nauditTrails: [{ name: one, aws: { region: us-east-9, accountId: "${accountId}" } }]\n${workspaces}`,
    [
      '3:43: auditTrails[0].aws.region: "us-east-9" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws',
    ],
  ],
  [
    "replicas: a trail has none",
    `${head}\n${aws}\nauditTrails: [{ name: one, aws: { region: us-east-1, accountId: "${accountId}", replicaRegions: [eu-west-1] } }]\n${workspaces}`,
    [expect.stringContaining("auditTrails[0].aws: unknown key: the keys here are region, accountId, assumeRoleArn")],
  ],
])("refused: %s", (_, text, expected) => {
  expect(problemsOf(text).map((problem) => problem.replace(file(text), "FILE"))).toEqual(expected);
});
