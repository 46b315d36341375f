import { auditTrailSpec } from "../../../components/auditTrail";
import { alertRules } from "../../../components/aws/alertRules";
import { topicArn } from "../../../components/aws/alertTopic";
import trailBucketPolicy from "../../../components/aws/policies/trailBucket.json";
import type { AwsTrailSpec } from "../../../components/backend";
import { AuditTrail, type AuditTrailArgs, ObjectLock } from "../../../index";
import { accountId } from "../../support/fixtures";
import { attempt, named, notices, only, run, summary } from "../../support/mocks";

const component = "vantedge-secrets:index:AuditTrail";
const trailType = "aws:cloudtrail/trail:Trail";
const ruleType = "aws:cloudwatch/eventRule:EventRule";
const targetType = "aws:cloudwatch/eventTarget:EventTarget";
const trailArn = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/vantedge-audit`;
const bucketName = `vantedge-audit-${accountId}-us-east-1`;
const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/audit-key`;
const organizationTrail = "arn:aws:cloudtrail:eu-west-1:999900001111:trail/organization";
const tags = { "vantedge-organization": "ai-startup" };
const root = { AWS: `arn:aws:iam::${accountId}:root` };

const account: AuditTrailArgs = {
  organization: "AI Startup",
  aws: { region: "us-east-1", accountId },
  workspaces: [{ name: "production" }],
};

const provision = (more: Partial<AuditTrailArgs> = {}, setting = {}) =>
  run(() => {
    const trail = new AuditTrail("audit", { ...account, ...more });
    const { bucketName, keyArn, alertTargetArns } = trail;
    return { trailArn: trail.trailArn, bucketName, keyArn, alertTargetArns, ref: trail.ref };
  }, setting);

const policyOf = (text: unknown): { Sid: string }[] => JSON.parse(text as string).Statement;
const statement = (text: unknown, sid: string) => policyOf(text).find(({ Sid }) => Sid === sid);

const bucketTypes = [
  "bucket:Bucket",
  "bucketPublicAccessBlock:BucketPublicAccessBlock",
  "bucketOwnershipControls:BucketOwnershipControls",
  "bucketVersioning:BucketVersioning",
  "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "bucketPolicy:BucketPolicy",
].map((type) => `aws:s3/${type}`);
const logs = [
  "aws:kms/key:Key audit-key",
  "aws:kms/alias:Alias audit-alias",
  ...bucketTypes.map((type) => `${type} audit-bucket`),
];
const topic = (suffix = "") => [
  `aws:kms/key:Key audit-alerts-key${suffix}`,
  `aws:kms/alias:Alias audit-alerts-alias${suffix}`,
  `aws:sns/topic:Topic audit-alerts${suffix}`,
  `aws:sns/topicPolicy:TopicPolicy audit-alerts${suffix}`,
];
const rules = (kinds: string[]) =>
  kinds.flatMap((kind) => [`${ruleType} audit-${kind}`, `${targetType} audit-${kind}`]);
const regional = ["denied-vantedge", "refused", "deletions-vantedge", "changes-vantedge", "keys", "alerts"];
const all = ["read-production", ...regional, "roles", "trail", "bucket"];

describe("what is made", () => {
  const made = async (more: Partial<AuditTrailArgs>) => summary((await provision(more)).resources).sort();

  test("a key, a bucket, a trail, a topic, and the rules", async () => {
    const expected = [`${component} audit`, ...logs, `${trailType} audit-trail`, ...topic(), ...rules(all)];
    expect(await made({})).toEqual(expected.sort());
  });

  test("an existing trail: only the alerts, and none on a trail and bucket of another account", async () => {
    const kinds = all.filter((kind) => kind !== "trail" && kind !== "bucket");
    const expected = [`${component} audit`, ...topic(), ...rules(kinds)];
    expect(await made({ existingTrailArn: organizationTrail })).toEqual(expected.sort());
  });

  test("an existing trail of the account is watched where it is at home", async () => {
    const own = organizationTrail.replace("999900001111", accountId);
    const { resources } = await provision({ existingTrailArn: own });
    const { inputs } = only(resources, ruleType, "audit-trail--eu-west-1");
    expect(inputs.region).toBe("eu-west-1");
    expect(JSON.parse(inputs.eventPattern as string).detail.requestParameters.$or[0].name).toEqual([
      "organization",
      own,
    ]);
  });

  test("a log archive: a trail, and no bucket and key", async () => {
    const kinds = all.filter((kind) => kind !== "bucket");
    const expected = [`${component} audit`, `${trailType} audit-trail`, ...topic(), ...rules(kinds)];
    expect(await made({ logArchive: { bucketName: "archive" } })).toEqual(expected.sort());
  });

  test("targets of one's own: no topic and no key for it", async () => {
    const alertTargetArns = [`arn:aws:sqs:us-east-1:${accountId}:siem`];
    const expected = [`${component} audit`, ...logs, `${trailType} audit-trail`, ...rules(all)];
    expect(await made({ alertTargetArns })).toEqual(expected.sort());
  });

  test("rules and a topic in every region that holds secrets, and IAM's where its events appear", async () => {
    const workspaces = [{ name: "production", regions: ["eu-west-1", "eu-central-1"] }];
    const { resources } = await provision({ aws: { region: "eu-west-1", accountId }, workspaces });
    const placed = Object.values(named(resources, ruleType)).map(({ inputs }) => `${inputs.region} ${inputs.name}`);
    expect(placed.sort()).toEqual(
      [
        ...["read-production", ...regional].map((kind) => `eu-central-1 vantedge-${kind}`),
        ...["read-production", ...regional, "trail", "bucket"].map((kind) => `eu-west-1 vantedge-${kind}`),
        "us-east-1 vantedge-roles",
      ].sort(),
    );
    const topics = Object.values(named(resources, "aws:sns/topic:Topic")).map(({ inputs }) => inputs.region);
    expect(topics.sort()).toEqual(["eu-central-1", "eu-west-1", "us-east-1"]);
  });

  test("no name is one of a workspace, whatever it is called", async () => {
    const workspaces = ["audit", "alerts", "production", "production-eu-west-1"].map((name) => ({
      name,
      regions: ["us-east-1", "eu-west-1"],
    }));
    const { resources } = await provision({ workspaces });
    const aliases = Object.values(named(resources, "aws:kms/alias:Alias")).map(({ inputs }) => inputs.name);
    expect([...new Set(aliases)].sort()).toEqual(["alias/vantedge--alerts", "alias/vantedge--audit"]);
    const names = summary(resources);
    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
  });

  test("one subscription for each address and region", async () => {
    const { resources } = await provision({ emails: ["security@example.com"] });
    expect(only(resources, "aws:sns/topicSubscription:TopicSubscription").inputs).toEqual({
      region: "us-east-1",
      topic: `arn:aws:sns:us-east-1:${accountId}:vantedge-alerts`,
      protocol: "email",
      endpoint: "security@example.com",
    });
  });

  test("other partitions have their own ARNs, and their own region of IAM", () => {
    const gov = auditTrailSpec({ ...account, aws: { region: "us-gov-east-1", accountId } }) as AwsTrailSpec;
    const made = alertRules(gov, (region) => topicArn(gov, region));
    expect(made.find(({ name }) => name === "vantedge-roles")?.region).toBe("us-gov-west-1");
    expect(JSON.stringify(made)).not.toContain("arn:aws:");
  });
});

describe("the trail", () => {
  test("records all regions and all management events, validated and encrypted", async () => {
    const { resources } = await provision();
    // Without event selectors AWS records management events, reads and writes.
    expect(only(resources, trailType).inputs).toEqual({
      region: "us-east-1",
      name: "vantedge-audit",
      s3BucketName: bucketName,
      kmsKeyId: keyArn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      tags,
    });
  });

  test("waits for the bucket's policy, since it writes at once", async () => {
    const { resources } = await provision();
    expect(only(resources, trailType).options.dependencies).toContain("audit-bucket");
    expect(only(resources, trailType).options.retainOnDelete).toBe(false);
  });

  test("writes to the log archive, with its key or the bucket's own encryption", async () => {
    const archiveKey = "arn:aws:kms:us-east-1:999900001111:key/archive";
    const given = await provision({ logArchive: { bucketName: "archive", keyArn: archiveKey } });
    expect(only(given.resources, trailType).inputs).toMatchObject({ s3BucketName: "archive", kmsKeyId: archiveKey });
    const without = await provision({ logArchive: { bucketName: "archive" } });
    expect(only(without.resources, trailType).inputs).not.toHaveProperty("kmsKeyId");
  });
});

describe("the bucket and its key", () => {
  test.each<[Partial<AuditTrailArgs>, string, number]>([
    [{}, "GOVERNANCE", 365],
    [{ retentionDays: 2555 }, "GOVERNANCE", 2555],
    [{ objectLock: ObjectLock.Compliance }, "COMPLIANCE", 365],
  ])("%j locks in mode %s for %d days, and deletes afterwards", async (more, mode, days) => {
    const { resources } = await provision(more);
    const bucket = "audit-bucket-id";
    expect(only(resources, "aws:s3/bucket:Bucket").inputs).toEqual({
      region: "us-east-1",
      bucket: bucketName,
      objectLockEnabled: true,
      tags,
    });
    expect(only(resources, "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration").inputs).toEqual({
      region: "us-east-1",
      bucket,
      rule: { defaultRetention: { mode, days } },
    });
    expect(only(resources, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs).toEqual({
      region: "us-east-1",
      bucket,
      rules: [
        {
          id: "after-retention",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    });
  });

  test("versions, blocks the public, owns its objects, and encrypts with the key", async () => {
    const { resources } = await provision();
    const place = { region: "us-east-1", bucket: "audit-bucket-id" };
    expect(only(resources, "aws:s3/bucketVersioning:BucketVersioning").inputs).toEqual({
      ...place,
      versioningConfiguration: { status: "Enabled" },
    });
    expect(only(resources, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs).toEqual({
      ...place,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(only(resources, "aws:s3/bucketOwnershipControls:BucketOwnershipControls").inputs).toEqual({
      ...place,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const encryption = only(
      resources,
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    );
    expect(encryption.inputs).toEqual({
      ...place,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn } }],
    });
  });

  test("the bucket's policy lets in this trail alone, over TLS alone", async () => {
    const { resources } = await provision();
    const { policy } = only(resources, "aws:s3/bucketPolicy:BucketPolicy").inputs;
    const service = { Service: "cloudtrail.amazonaws.com" };
    expect(policyOf(policy)).toEqual([
      {
        Sid: "TrailLooks",
        Effect: "Allow",
        Principal: service,
        Action: "s3:GetBucketAcl",
        Resource: `arn:aws:s3:::${bucketName}`,
        Condition: { StringEquals: { "aws:SourceArn": trailArn } },
      },
      {
        Sid: "TrailWrites",
        Effect: "Allow",
        Principal: service,
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${bucketName}/AWSLogs/${accountId}/*`,
        Condition: { StringEquals: { "aws:SourceArn": trailArn, "s3:x-amz-acl": "bucket-owner-full-control" } },
      },
      {
        Sid: "OnlyOverTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "LockIsLiftedHereFirst",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:BypassGovernanceRetention",
        Resource: `arn:aws:s3:::${bucketName}/*`,
      },
    ]);
    expect(trailBucketPolicy.filter(({ Effect, Principal }) => Effect === "Allow" && Principal === "*")).toEqual([]);
  });

  test("the key encrypts for this trail alone, decrypts for whom IAM allows, and gives nobody everything", async () => {
    const { inputs } = only((await provision()).resources, "aws:kms/key:Key", "audit-key");
    expect(inputs).toMatchObject({ region: "us-east-1", enableKeyRotation: true, deletionWindowInDays: 30, tags });
    expect(statement(inputs.policy, "TrailEncrypts")).toEqual({
      Sid: "TrailEncrypts",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceArn": trailArn, "kms:EncryptionContext:aws:cloudtrail:arn": trailArn },
      },
    });
    expect(statement(inputs.policy, "LogsAreReadByWhomIamAllows")).toEqual({
      Sid: "LogsAreReadByWhomIamAllows",
      Effect: "Allow",
      Principal: root,
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: {
        StringEquals: {
          "kms:CallerAccount": accountId,
          "kms:ViaService": "s3.us-east-1.amazonaws.com",
          "kms:EncryptionContext:aws:cloudtrail:arn": trailArn,
        },
      },
    });
    expect(policyOf(inputs.policy).map(({ Sid }) => Sid)).toEqual([
      "AdministerButNeverUse",
      "TrailEncrypts",
      "TrailLooks",
      "LogsAreReadByWhomIamAllows",
    ]);
    expect(inputs.policy).not.toContain('"kms:*"');
  });

  test.each(["audit-key", "audit-alerts-key"])("%s is administered, and its use is granted to nobody", async (name) => {
    const { policy } = only((await provision()).resources, "aws:kms/key:Key", name).inputs;
    expect(statement(policy, "AdministerButNeverUse")).toMatchObject({ Principal: root });
    expect((policy as string).match(/kms:Create[^"]*/g)).toEqual(["kms:CreateAlias"]);
  });

  test("all of it outlives a destroy, nothing else does, and the preview says so", async () => {
    const { resources } = await provision({}, { preview: true });
    const kept = resources.filter(({ options }) => options.retainOnDelete);
    expect(summary(kept).sort()).toEqual([...logs].sort());
    expect(notices(resources)).toEqual([
      `pulumi destroy keeps the bucket ${bucketName} and its key, since log files are locked for 365 days; ` +
        `to go on with them later, set logArchive: { bucketName: "${bucketName}", keyArn } with the ARN that ` +
        '"aws kms describe-key --region us-east-1 --key-id alias/vantedge--audit" shows',
    ]);
    const archived = await provision({ logArchive: { bucketName: "archive" } });
    expect(archived.resources.filter(({ options }) => options.retainOnDelete)).toEqual([]);
    expect(notices(archived.resources)).toEqual([]);
  });
});

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html, without asking AWS for more. */
const longestPattern = 2048;

describe("the alerts", () => {
  test("every rule sees reads, has a pattern that AWS takes, and one target in its region", async () => {
    const workspaces = [{ name: "production", regions: ["us-east-1", "eu-west-1"] }];
    const { resources } = await provision({ workspaces });
    const made = named(resources, ruleType);
    const targets = named(resources, targetType);
    expect(Object.keys(targets).sort()).toEqual(Object.keys(made).sort());
    for (const [name, { inputs }] of Object.entries(made)) {
      expect(inputs.state).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
      expect((inputs.eventPattern as string).length).toBeLessThanOrEqual(longestPattern);
      expect(targets[name]?.inputs).toMatchObject({
        region: inputs.region,
        rule: inputs.name,
        arn: `arn:aws:sns:${inputs.region}:${accountId}:vantedge-alerts`,
      });
    }
  });

  test("an alert is one readable line, of names only", async () => {
    const { resources } = await provision();
    expect(only(resources, targetType, "audit-read-production").inputs.inputTransformer).toEqual({
      inputPaths: {
        event: "$.detail.eventName",
        subject: "$.detail.requestParameters.secretId",
        who: "$.detail.userIdentity.arn",
        from: "$.detail.sourceIPAddress",
        account: "$.account",
        region: "$.region",
        time: "$.detail.eventTime",
        id: "$.detail.eventID",
      },
      inputTemplate:
        '"vantedge: a value of workspace production was read by someone who is none of its workloads: <event> <subject> ' +
        'by <who> from <from> at <time> in <account> <region> (CloudTrail event <id>)"',
    });
    const paths = Object.values(named(resources, targetType)).flatMap(({ inputs }) =>
      Object.values((inputs.inputTransformer as { inputPaths: object }).inputPaths),
    );
    expect(paths.filter((path) => /responseElements|requestParameters$/.test(path))).toEqual([]);
  });

  test("the topic takes alerts of EventBridge alone, over TLS alone, encrypted", async () => {
    const { resources } = await provision();
    const arn = `arn:aws:sns:us-east-1:${accountId}:vantedge-alerts`;
    expect(only(resources, "aws:sns/topic:Topic").inputs).toEqual({
      region: "us-east-1",
      name: "vantedge-alerts",
      displayName: "vantedge",
      kmsMasterKeyId: `arn:aws:kms:us-east-1:${accountId}:key/audit-alerts-key`,
      tags,
    });
    // A condition on what EventBridge publishes would keep every alert away.
    expect(policyOf(only(resources, "aws:sns/topicPolicy:TopicPolicy").inputs.policy)).toEqual([
      {
        Sid: "RulesPublish",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: arn,
      },
      {
        Sid: "OnlyOverTls",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    const key = only(resources, "aws:kms/key:Key", "audit-alerts-key").inputs;
    // Nor is there a source of an alert in the key's policy: the topic stands for it.
    expect(statement(key.policy, "AlertsAreSent")).toEqual({
      Sid: "AlertsAreSent",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
      Resource: "*",
      Condition: { StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": arn } },
    });
  });
});

test("the outputs, and what a workspace refers to", async () => {
  const alertTargetArns = { "us-east-1": `arn:aws:sns:us-east-1:${accountId}:vantedge-alerts` };
  expect((await provision()).result).toEqual({
    trailArn,
    bucketName,
    keyArn,
    alertTargetArns,
    ref: { accountId, region: "us-east-1", workspaces: [{ name: "production" }] },
  });
  expect((await provision({ existingTrailArn: organizationTrail })).result).toMatchObject({
    trailArn: organizationTrail,
    bucketName: "",
    keyArn: "",
  });
});

test("credentials of another account are refused before anything is made", async () => {
  const calls = { "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "999900001111" }) };
  const { resources, errors } = await attempt(() => new AuditTrail("audit", account), { calls });
  expect(errors[0]).toContain("aws.accountId: the credentials are of account 999900001111, not 111122223333");
  expect(summary(resources).filter((line) => /Key|Bucket |Trail audit-trail|Topic /.test(line))).toEqual([]);
});

test.each<[string, object, string[]]>([
  ["no workspace", { workspaces: [] }, ["workspaces: is an empty list: add something, or leave it out"]],
  [
    "a workspace twice",
    { workspaces: [{ name: "a" }, { name: "a" }] },
    ["workspaces: holds a workspace twice: keep one"],
  ],
  ["a lock that is none", { objectLock: "legal-hold" }, ["objectLock: must be one of governance, compliance"]],
  ["no retention", { retentionDays: 0 }, ["retentionDays: must be 1 to 36500"]],
  [
    "an existing trail and a bucket",
    { existingTrailArn: organizationTrail, logArchive: { bucketName: "archive" }, retentionDays: 10 },
    [
      "logArchive: has no meaning beside existingTrailArn, since the existing trail writes where it is told to: leave one out",
      "retentionDays: has no meaning beside existingTrailArn, since no bucket is made: leave one out",
      "retentionDays: has no meaning beside logArchive, since no bucket is made: leave one out",
    ],
  ],
  [
    "an archive that is to be locked",
    { logArchive: { bucketName: "archive" }, objectLock: "compliance" },
    ["objectLock: has no meaning beside logArchive, since no bucket is made: leave one out"],
  ],
  [
    "addresses and targets",
    { emails: ["a@b.c"], alertTargetArns: [`arn:aws:sns:us-east-1:${accountId}:mine`] },
    ["emails: has no meaning beside alertTargetArns, since no topic is made: leave one out"],
  ],
  [
    "a target of another region only",
    { alertTargetArns: [`arn:aws:sns:eu-west-1:${accountId}:mine`] },
    [
      "alertTargetArns: has none in us-east-1, where rules are: add one of that region",
      "alertTargetArns: has one in eu-west-1 too many: one for each of us-east-1",
    ],
  ],
  [
    "what is no target",
    { alertTargetArns: [`arn:aws:s3:::mine`] },
    ["alertTargetArns[0]: must be the ARN of an SNS topic, an SQS queue or a Lambda function"],
  ],
  [
    "an unknown region",
    { workspaces: [{ name: "production", regions: ["us-east-9"] }] },
    ['workspaces[0].regions: "us-east-9" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws'],
  ],
  [
    "a prefix that leaves no room",
    { workspaces: [{ name: "production", prefix: "p".repeat(50) }] },
    [
      `workspaces: the alert rule vantedge-denied-${"p".repeat(50)} would have more than 64 characters: shorten the prefix`,
    ],
  ],
  [
    "no trail",
    { existingTrailArn: "organization" },
    [expect.stringMatching(/^existingTrailArn: must be the ARN of a trail/)],
  ],
])("bad input: %s", async (_, args, problems) => {
  const { resources, errors } = await attempt(() => new AuditTrail("audit", { ...account, ...args }));
  const found = errors.map((error) => error.replace('AuditTrail "audit": ', ""));
  expect(found).toEqual(problems);
  expect(errors.every((error) => error.startsWith('AuditTrail "audit": '))).toBe(true);
  expect(resources).toEqual([]);
});
