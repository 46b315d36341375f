import { aws, bucket } from "./support/aws";
import { Project } from "./support/project";
import { requestsDuring } from "./support/requestLog";

const accountId = "111122223333";
const bucketName = `vantedge-audit-${accountId}-us-east-1`;
const trailArn = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/vantedge-audit`;

const program = `
const { AuditTrail, Workspace } = require("vantedge-secrets");
const place = { region: "us-east-1", accountId: "${accountId}" };
const organization = "AI Startup";
const trail = new AuditTrail("audit", {
  organization,
  aws: place,
  workspaces: [{ name: "audited", regions: ["us-east-1", "eu-west-1"] }],
  emails: ["security@example.com"],
});
const workspace = new Workspace("audited", {
  organization,
  aws: { ...place, replicaRegions: ["eu-west-1"] },
  roles: { admins: [{ arn: "arn:aws:iam::${accountId}:role/leads" }] },
  auditTrail: trail.ref,
});
exports.audited = workspace.audited;
exports.keyArn = trail.keyArn;
`;

let project: Project;
beforeAll(async () => {
  project = await Project.ofProgram("audit", program);
});
afterAll(() => project.end());

test("up makes a trail of all regions that records into its bucket", async () => {
  const up = await project.up();
  expect(up).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
  const { Trail: trail } = await aws("cloudtrail", "GetTrail", { Name: trailArn });
  expect(trail).toMatchObject({
    S3BucketName: bucketName,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    LogFileValidationEnabled: true,
  });
  await expect(aws("cloudtrail", "GetTrailStatus", { Name: trailArn })).resolves.toMatchObject({ IsLogging: true });
});

test("the bucket locks, encrypts and forgets as it should, and is nobody else's", async () => {
  expect(await bucket(bucketName, "object-lock")).toMatch(/<Mode>GOVERNANCE<\/Mode>\s*<Days>365</);
  expect(await bucket(bucketName, "versioning")).toContain("<Status>Enabled<");
  expect(await bucket(bucketName, "encryption")).toContain("aws:kms");
  expect((await bucket(bucketName, "publicAccessBlock"))?.match(/>true</gi)).toHaveLength(4);
  expect(await bucket(bucketName, "lifecycle")).toContain("<Days>365<");
  const { Statement } = JSON.parse((await bucket(bucketName, "policy")) as string);
  expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
    "TrailLooks",
    "TrailWrites",
    "OnlyOverTls",
    "LockIsLiftedHereFirst",
  ]);
});

test("each region has its rules, and each rule its target there", async () => {
  const kinds = [
    "alerts",
    "changes-vantedge",
    "deletions-vantedge",
    "denied-vantedge",
    "keys",
    "read-audited",
    "refused",
  ];
  const expected = { "us-east-1": [...kinds, "bucket", "roles", "trail"], "eu-west-1": kinds, "eu-central-1": [] };
  for (const [region, names] of Object.entries(expected)) {
    const { Rules } = await aws("events", "ListRules", {}, region);
    const rules = Rules as { Name: string; State: string }[];
    expect(rules.map(({ Name }) => Name).sort()).toEqual(names.map((name) => `vantedge-${name}`).sort());
    for (const { Name, State } of rules) {
      expect(State).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
      const { Targets } = await aws("events", "ListTargetsByRule", { Rule: Name }, region);
      expect(Targets).toMatchObject([{ Arn: `arn:aws:sns:${region}:${accountId}:vantedge-alerts` }]);
    }
  }
});

test("up again, and after a refresh, changes nothing", async () => {
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, steps: [] });
  await expect(project.refresh()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, steps: [] });
});

test("destroy keeps the bucket, what guards it and its key, and removes the rest", async () => {
  const { resources } = await project.export();
  const keyArn = resources.find(({ urn }) => urn.endsWith("::audit-key"))?.outputs?.arn;
  const { result, requests } = await requestsDuring(() => project.destroy());
  expect(result).toMatchObject({ exitCode: 0, errors: [] });
  expect((await project.export()).resources.filter(({ type }) => type.startsWith("aws:"))).toEqual([]);

  expect(await bucket(bucketName, "object-lock")).toContain("GOVERNANCE");
  expect(await bucket(bucketName, "policy")).toContain("OnlyOverTls");
  await expect(aws("kms", "DescribeKey", { KeyId: "alias/vantedge--audit" })).resolves.toMatchObject({
    KeyMetadata: { Arn: keyArn, KeyState: "Enabled" },
  });
  // The provider names the trail by its ARN, by which moto finds nothing to delete.
  expect(requests).toContainEqual(expect.objectContaining({ action: "DeleteTrail", status: 200 }));
  await aws("cloudtrail", "DeleteTrail", { Name: "vantedge-audit" });
  await expect(aws("events", "ListRules", {})).resolves.toMatchObject({ Rules: [] });
  await expect(aws("events", "ListRules", {}, "eu-west-1")).resolves.toMatchObject({ Rules: [] });
});

test("what was kept goes on as the archive of a new trail", async () => {
  const { KeyMetadata } = await aws("kms", "DescribeKey", { KeyId: "alias/vantedge--audit" });
  const { Arn } = KeyMetadata as { Arn: string };
  const archive = `logArchive: { bucketName: "${bucketName}", keyArn: "${Arn}" },`;
  project.write("index.js", program.replace("  emails:", `  ${archive}\n  emails:`));
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  await expect(aws("cloudtrail", "GetTrail", { Name: trailArn })).resolves.toMatchObject({
    Trail: { S3BucketName: bucketName, KmsKeyId: Arn },
  });
});
