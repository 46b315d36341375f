import type { Statement } from "../../../components/aws/policyDocument";
import { Workspace, type WorkspaceArgs } from "../../../index";
import { accessDocument, accountId, arn, production, scope, tags } from "../../support/fixtures";
import { attempt, named, only, run } from "../../support/mocks";

const roleType = "aws:iam/role:Role";
const inlineType = "aws:iam/rolePolicy:RolePolicy";
const policyType = "aws:iam/policy:Policy";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const viewType = "aws:resourceexplorer/view:View";
const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/production-key`;

const provision = (more: Partial<WorkspaceArgs> = {}) =>
  run(() => {
    const { roleArns, rotatorRoleArn } = new Workspace("production", { ...production, ...more });
    return { roleArns, rotatorRoleArn };
  });
const documentOf = (policy: unknown) => JSON.parse(policy as string).Statement as Statement[];

test("sessions last as long as is asked for, and an hour else", async () => {
  const { resources } = await provision({ sessionHours: { viewers: 12, admins: 2 } });
  const seconds = Object.values(named(resources, roleType)).map(({ name, inputs }) => [
    name,
    inputs.maxSessionDuration,
  ]);
  expect(seconds).toEqual([
    ["production-viewer", 43_200],
    ["production-member", 3_600],
    ["production-admin", 7_200],
    ["production-owner", 3_600],
  ]);
});

describe("existing roles", () => {
  const existing = { viewer: arn("teams/ai/auditor"), admin: arn("lead") };
  const roles = { members: [{ arn: arn("developers") }] };

  test("get rights and guard as two policies of our own name, and no role is made for them", async () => {
    const { resources, result } = await provision({ roles, existingRoles: existing });
    expect(Object.keys(named(resources, roleType))).toEqual(["production-member"]);
    const inline = Object.values(named(resources, inlineType)).map(({ name, inputs }) => [
      name,
      inputs.role,
      inputs.name,
    ]);
    expect(inline.sort()).toEqual([
      ["production-admin-access", "lead", "vantedge-production-access"],
      ["production-admin-isolation", "lead", "vantedge-production-isolation"],
      ["production-member-access", "vantedge-production-member", "access"],
      ["production-member-isolation", "vantedge-production-member", "isolation"],
      ["production-viewer-access", "auditor", "vantedge-production-access"],
      ["production-viewer-isolation", "auditor", "vantedge-production-isolation"],
    ]);
    expect(only(resources, inlineType, "production-admin-access").inputs.policy).toBe(
      accessDocument("admin", scope, keyArn),
    );
    expect(result.roleArns).toEqual({
      ...existing,
      member: `arn:aws:iam::${accountId}:role/vantedge/production/vantedge-production-member`,
    });
  });

  test("are the readers that the key's policy names", async () => {
    const { resources } = await provision({ roles, existingRoles: existing });
    const readers = JSON.parse(only(resources, "aws:kms/key:Key").inputs.policy as string).Statement.at(-1).Condition
      .ArnNotLike["aws:PrincipalArn"];
    expect(readers).toContain(arn("lead"));
    expect(readers).not.toContain(`arn:aws:iam::${accountId}:role/vantedge/production/vantedge-production-admin`);
  });

  test.each<[string, Partial<WorkspaceArgs>, string]>([
    [
      "another account's",
      { existingRoles: { admin: "arn:aws:iam::999900001111:role/lead" } },
      "admin: is not of account 111122223333",
    ],
    [
      "one that is made as well",
      { roles: { admins: [{ arn: arn("x") }] }, existingRoles: { admin: arn("lead") } },
      "admin: and roles.admins are both set: keep one; who may take an existing role is its own trust policy",
    ],
    [
      "one role for two",
      { existingRoles: { member: arn("a"), owner: arn("a") } },
      "owner: is the same role as member: each needs one of its own",
    ],
    [
      "one that AWS manages",
      {
        existingRoles: {
          viewer: `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Audit_0`,
        },
      },
      "viewer: is a role that AWS manages and nobody may change: let those who have it take a role of the workspace, by arnPattern under roles",
    ],
    [
      "a user",
      { existingRoles: { viewer: `arn:aws:iam::${accountId}:user/jo` } },
      "viewer: must be the ARN of one role",
    ],
  ])("refuse %s", async (_, args, message) => {
    const { resources, errors } = await attempt(
      () => new Workspace("production", { ...production, roles: {}, ...args }),
    );
    expect(errors).toEqual([`Workspace "production": existingRoles.${message}`]);
    expect(resources).toEqual([]);
  });
});

test("what grows waits for what shrinks: with adopted secrets the rights go first, without any the guard does", async () => {
  const waits = async (args: Partial<WorkspaceArgs>) => {
    const inline = named((await provision(args)).resources, inlineType);
    return ["access", "isolation"].map((purpose) =>
      inline[`production-member-${purpose}`]?.options.dependencies
        .filter((name) => name.startsWith("production-member-"))
        .sort(),
    );
  };
  expect(await waits({})).toEqual([["production-member-isolation"], []]);
  const adopt = [
    {
      secretName: "legacy",
      arn: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy-AbCdEf`,
      keyArn: `arn:aws:kms:us-east-1:${accountId}:key/legacy`,
    },
  ];
  const [access, isolation] = await waits({ adopt });
  expect(access?.every((name) => /^production-member-access-\d-attachment$/.test(name))).toBe(true);
  expect(access).not.toEqual([]);
  expect(isolation).toEqual(["production-member-access"]);
});

describe("listing", () => {
  test.each([
    ["account", ["secretsmanager:ListSecrets"]],
    ["none", []],
  ] as const)("%s", async (listing, actions) => {
    const { resources } = await provision({ listing });
    const lists = documentOf(only(resources, inlineType, "production-viewer-access").inputs.policy)
      .flatMap(({ Action }) => Action)
      .filter((action) => action.endsWith("ListSecrets") || action.startsWith("resource-explorer"));
    expect(lists).toEqual(actions);
    expect(named(resources, viewType)).toEqual({});
  });

  test("explorer is a view of the workspace's secrets, which every role may search", async () => {
    const { resources } = await provision({ listing: "explorer" });
    expect(only(resources, viewType).inputs).toEqual({
      region: "us-east-1",
      name: "vantedge-production",
      filters: { filterString: "resourcetype:secretsmanager:secret tag:vantedge-workspace=production" },
      includedProperties: [{ name: "tags" }],
      tags,
    });
    for (const role of ["viewer", "member", "admin", "owner"]) {
      const statements = documentOf(only(resources, inlineType, `production-${role}-access`).inputs.policy);
      expect(statements.find(({ Sid }) => Sid === "SearchWorkspace")).toEqual({
        Sid: "SearchWorkspace",
        Effect: "Allow",
        Action: ["resource-explorer-2:Search", "resource-explorer-2:GetView"],
        Resource: `arn:aws:resource-explorer-2:us-east-1:${accountId}:view/vantedge-production/view`,
      });
      expect(statements.map(({ Sid }) => Sid)).not.toContain("List");
    }
  });
});

describe("memberKms", () => {
  const decrypting = async (memberKms: "validate-only" | "via-service", role: string) => {
    const { resources } = await provision({ memberKms });
    return documentOf(only(resources, inlineType, `production-${role}-access`).inputs.policy)
      .filter(({ Action }) => [Action].flat().includes("kms:Decrypt"))
      .map(({ Sid }) => Sid);
  };
  test.each([
    ["validate-only", "viewer", ["NeverDecrypt"]],
    ["validate-only", "member", ["KeyValidate", "NeverDecrypt"]],
    ["validate-only", "admin", ["KeyValidate", "KeyRead"]],
    ["via-service", "viewer", ["NeverDecrypt"]],
    ["via-service", "member", ["KeyViaService"]],
    ["via-service", "admin", ["KeyViaService", "KeyRead"]],
  ] as const)("%s: what names Decrypt for a %s", async (memberKms, role, expected) => {
    expect(await decrypting(memberKms, role)).toEqual(expected);
  });

  test("via-service makes members readers of the key, and still no readers of secrets", async () => {
    const { resources } = await provision({ memberKms: "via-service" });
    const policy = only(resources, "aws:kms/key:Key").inputs.policy as string;
    expect(policy).toContain("vantedge-production-member");
    const never = documentOf(only(resources, inlineType, "production-member-access").inputs.policy);
    expect(never.map(({ Sid }) => Sid)).toContain("NeverRead");
  });
});

test("a rotator is a role of Lambda functions with rights and guard of its own, made where it is asked for", async () => {
  expect((await provision()).result.rotatorRoleArn).toBe("");
  const { resources, result } = await provision({ rotator: true });
  expect(result.rotatorRoleArn).toBe(
    `arn:aws:iam::${accountId}:role/vantedge/production/rotation/vantedge-production-rotator`,
  );
  expect(only(resources, roleType, "production-rotator").inputs).toEqual({
    name: "vantedge-production-rotator",
    path: "/vantedge/production/rotation/",
    description: "rotation functions of workspace production",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Functions", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    }),
    maxSessionDuration: 3600,
    tags,
  });
  const rights = documentOf(only(resources, inlineType, "production-rotator-access").inputs.policy);
  expect(rights[0]).toEqual({
    Sid: "Rotate",
    Effect: "Allow",
    Action: [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecretVersionStage",
    ],
    Resource: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/*`,
    Condition: {
      StringEquals: { "aws:ResourceTag/vantedge-workspace": "production" },
      ArnLike: {
        "secretsmanager:resource/AllowRotationLambdaArn": `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production-*`,
      },
    },
  });
  expect(only(resources, inlineType, "production-rotator-isolation").inputs.policy).toBe(
    only(resources, inlineType, "production-owner-isolation").inputs.policy,
  );
  const guard = (role: string) => documentOf(only(resources, inlineType, `production-${role}-isolation`).inputs.policy);
  // Lambda decrypts a function's environment variables as the function's role.
  const lambda = {
    "kms:EncryptionContext:aws:lambda:FunctionArn": `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production-*`,
  };
  expect(guard("rotator")).toEqual(
    guard("owner").map((statement) =>
      ["IsoKey", "KeyOnlyViaSm"].includes(statement.Sid)
        ? { ...statement, Condition: { ...statement.Condition, StringNotLike: lambda } }
        : statement,
    ),
  );
});

describe("adopt", () => {
  const legacy = {
    secretName: "legacy-db",
    arn: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy/db-AbCdEf`,
    keyArn: `arn:aws:kms:us-east-1:${accountId}:key/legacy`,
  };

  test("rights on the secret by its exact ARN are a managed policy, and the guard excepts it", async () => {
    const { resources } = await provision({ adopt: [legacy] });
    const [first] = documentOf(only(resources, inlineType, "production-member-isolation").inputs.policy);
    expect(first).toMatchObject({
      Sid: "IsoName",
      NotResource: [`arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/*`, legacy.arn],
    });
    const policies = named(resources, policyType);
    expect(Object.keys(policies).every((name) => /^production-(viewer|member|admin|owner)-access-\d$/.test(name))).toBe(
      true,
    );
    expect(Object.keys(named(resources, attachmentType))).toEqual(
      Object.keys(policies).map((name) => `${name}-attachment`),
    );
    const managed = Object.values(policies).flatMap(({ name, inputs }) =>
      name.startsWith("production-member") ? documentOf(inputs.policy) : [],
    );
    const onIt = managed.filter((statement) => JSON.stringify(statement).includes(legacy.arn));
    expect(onIt.flatMap(({ Action }) => Action).sort()).toEqual([
      "secretsmanager:DeleteSecret",
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetResourcePolicy",
      "secretsmanager:ListSecretVersionIds",
      "secretsmanager:PutSecretValue",
      "secretsmanager:TagResource",
      "secretsmanager:UntagResource",
    ]);
    for (const statement of onIt) {
      expect(statement).toMatchObject({
        Resource: legacy.arn,
        Condition: { StringEquals: { "aws:ResourceTag/vantedge-workspace": "production" } },
      });
    }
  });

  test("the reference names it for secrets and bindings", async () => {
    const { result } = await run(() => ({
      ref: new Workspace("production", { ...production, adopt: [legacy] }).ref,
    }));
    expect(result.ref.adopted).toEqual([legacy]);
  });

  const other = { ...legacy, secretName: "other", arn: legacy.arn.replace("legacy/db", "legacy/other") };
  const rule = (path: string, text: string) => [`adopt[0].${path}: ${text}`];
  test.each<[string, object[], string[]]>([
    [
      "a name in place of an ARN",
      [{ ...legacy, arn: "legacy/db" }],
      rule("arn", "must be the whole ARN of a secret, with the six characters at its end"),
    ],
    [
      "a partial ARN",
      [{ ...legacy, arn: legacy.arn.slice(0, -7) }],
      rule("arn", "must be the whole ARN of a secret, with the six characters at its end"),
    ],
    [
      "another region",
      [{ ...legacy, arn: legacy.arn.replace("us-east-1", "eu-west-1") }],
      rule(
        "arn",
        `must be of the workspace's region and account: arn:aws:secretsmanager:us-east-1:${accountId}:secret:...`,
      ),
    ],
    [
      "its own name",
      [{ ...legacy, arn: legacy.arn.replace("legacy/", "vantedge/production/") }],
      rule("arn", "is under the workspace's own names: declare it as a secret with import"),
    ],
    [
      "another workspace's",
      [{ ...legacy, arn: legacy.arn.replace("legacy/", "vantedge/development/") }],
      rule("arn", "is under the names of another workspace: only secrets outside of vantedge/ are adopted"),
    ],
    [
      "an alias as key",
      [{ ...legacy, keyArn: `arn:aws:kms:us-east-1:${accountId}:alias/legacy` }],
      rule("keyArn", "must be the ARN of a key, for example arn:aws:kms:us-east-1:111122223333:key/... (no alias)"),
    ],
    [
      "a key elsewhere",
      [{ ...legacy, keyArn: legacy.keyArn.replace("us-east-1", "eu-west-1") }],
      rule("keyArn", `must be a key of us-east-1 and account ${accountId}`),
    ],
    ["twice", [legacy, { ...legacy, secretName: "again" }], ["adopt[1].arn: is adopted twice: keep one"]],
    [
      "one name for two",
      [legacy, { ...other, secretName: "legacy-db" }],
      ['adopt[1].secretName: "legacy-db" names two adopted secrets: choose another name'],
    ],
  ])("refuses %s", async (_, adopt, problems) => {
    const { resources, errors } = await attempt(
      () => new Workspace("production", { ...production, adopt: adopt as never }),
    );
    expect(errors).toEqual(problems.map((problem) => `Workspace "production": ${problem}`));
    expect(resources).toEqual([]);
  });

  test("refuses replicas beside it", async () => {
    const aws = { region: "us-east-1", accountId, replicaRegions: ["eu-west-1"] };
    const { errors } = await attempt(() => new Workspace("production", { ...production, aws, adopt: [legacy] }));
    expect(errors).toEqual([
      'Workspace "production": adopt: goes with no aws.replicaRegions: adopt into a workspace without replicas',
    ]);
  });

  test("refuses more than a role can name, and says how many characters that is", async () => {
    const adopt = Array.from({ length: 150 }, (_, index) => ({
      ...legacy,
      secretName: `legacy-${index}`,
      arn: legacy.arn.replace("legacy/db", `legacy/database-${index}`),
    }));
    const { resources, errors } = await attempt(() => new Workspace("production", { ...production, adopt }));
    expect(errors).toEqual([
      expect.stringMatching(
        /^Workspace "production": adopt: for the role viewer, the inline policies together would have 1\d{4} characters, and IAM takes 10240: adopt fewer secrets, or in another workspace$/,
      ),
    ]);
    expect(resources).toEqual([]);
  });
});

describe("importKeys", () => {
  const old = `arn:aws:kms:us-east-1:${accountId}:key/old`;
  const getKey = "aws:kms/getKey:getKey";
  const describedAs = (description: string) => ({ [getKey]: () => ({ description }) });

  test.each(["Secrets of workspace production-eu", "", "a key of somebody"])(
    "refuses a key that is described as %j: its policy and tag would be overwritten",
    async (description) => {
      const { resources, errors } = await attempt(
        () => new Workspace("production", { ...production, importKeys: [old] }),
        { calls: describedAs(description) },
      );
      expect(errors).toEqual([
        `Workspace "production": importKeys: ${old} is no key that this workspace had: its description would be ` +
          '"Secrets of workspace production"',
      ]);
      expect(named(resources, "aws:kms/key:Key")).toEqual({});
    },
  );

  test("takes the key over and leaves alone what differs, in that run", async () => {
    const aws = { region: "us-east-1", accountId, replicaRegions: ["eu-west-1"] };
    const { resources, calls } = await run(
      () => new Workspace("production", { ...production, aws, importKeys: [old] }),
      { calls: describedAs("Secrets of workspace production") },
    );
    expect(calls.filter(({ token }) => token === getKey).map(({ inputs }) => inputs)).toEqual([
      { keyId: old, region: "us-east-1" },
    ]);
    const keys = named(resources, "aws:kms/key:Key");
    expect(keys["production-key"]?.options).toMatchObject({
      import: "old@us-east-1",
      ignoreChanges: ["description", "policy", "enableKeyRotation", "deletionWindowInDays", "tags"],
    });
    expect(keys["production-key-eu-west-1"]?.options).toMatchObject({ import: "", ignoreChanges: [] });
  });

  test.each<[string, string[], string]>([
    [
      "an alias",
      [`arn:aws:kms:us-east-1:${accountId}:alias/x`],
      "importKeys[0]: must be the ARN of a key, for example arn:aws:kms:us-east-1:111122223333:key/... (no alias)",
    ],
    ["another account", ["arn:aws:kms:us-east-1:999900001111:key/x"], `importKeys[0]: is not of account ${accountId}`],
    [
      "a region without a key",
      [`arn:aws:kms:eu-west-1:${accountId}:key/x`],
      "importKeys[0]: is of eu-west-1, where the workspace has no key: it is in us-east-1",
    ],
    ["two of one region", [old, `${old}-too`], "importKeys[1]: is a second key of us-east-1: keep one"],
  ])("refuses %s", async (_, importKeys, problem) => {
    const { resources, errors } = await attempt(() => new Workspace("production", { ...production, importKeys }));
    expect(errors).toEqual([`Workspace "production": ${problem}`]);
    expect(resources).toEqual([]);
  });
});
