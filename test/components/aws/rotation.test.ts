import { createHash } from "node:crypto";
import { output, secret } from "@pulumi/pulumi";
import { Secret, type SecretArgs } from "../../../index";
import { accountId, canary, ref, tags } from "../../support/fixtures";
import {
  attempt,
  type Calls,
  hookOf,
  leaks,
  lookups,
  named,
  only,
  type Run,
  run,
  type Setting,
  summary,
} from "../../support/mocks";

const secretType = "aws:secretsmanager/secret:Secret";
const versionType = "aws:secretsmanager/secretVersion:SecretVersion";
const rotationType = "aws:secretsmanager/secretRotation:SecretRotation";
const permissionType = "aws:lambda/permission:Permission";
const lambdaArn = `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--rotator`;
const rotation = { lambdaArn, intervalDays: 30 };

const program = (args: Partial<SecretArgs>) => () => {
  const { secretId, versionId } = new Secret("db", { workspace: ref, ...args });
  return { secretId, versionId };
};
const provision = (args: Partial<SecretArgs>, setting: Setting = {}) => run(program(args), setting);

test("rotation is a permission for the function and a schedule, made after the value", async () => {
  const { resources } = await provision({ value: "v", rotation });
  expect(summary(resources).sort()).toEqual([
    `${permissionType} db-rotation-permission`,
    `${secretType} db`,
    `${rotationType} db-rotation`,
    `${versionType} db-version`,
    "vantedge-secrets:index:Secret db",
  ]);
  const hash = createHash("sha256").update("vantedge/production/db").digest("hex").slice(0, 8);
  const { inputs } = only(resources, permissionType);
  expect(inputs).toEqual({
    region: "us-east-1",
    function: lambdaArn,
    statementId: `rotate-db-${hash}`,
    action: "lambda:InvokeFunction",
    principal: "secretsmanager.amazonaws.com",
    sourceArn: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/db-AbCdEf`,
  });
  const made = only(resources, rotationType);
  expect(made.inputs).toEqual({
    region: "us-east-1",
    secretId: "db-id",
    rotationLambdaArn: lambdaArn,
    rotateImmediately: false,
    rotationRules: { automaticallyAfterDays: 30 },
  });
  expect(made.options.dependencies.sort()).toEqual(["db", "db-rotation-permission", "db-version"]);
  expect(made.options.beforeCreate).toEqual([]);
});

test("tags are on every child that takes some", async () => {
  const lockdown = { deployers: [{ arn: `arn:aws:iam::${accountId}:role/ci` }] };
  const { resources } = await provision({ value: "v", rotation, lockdown, tags: { team: "ai" } });
  const tagged = resources.filter(({ inputs }) => inputs.tags !== undefined).map(({ type }) => type);
  expect(tagged).toEqual([secretType]); // versions, permissions, rotations and policies have none in AWS
  expect(only(resources, secretType).inputs.tags).toEqual({ team: "ai", ...tags, "vantedge-type": "generic" });
});

test.each([
  [{ intervalDays: 1 }, { automaticallyAfterDays: 1 }],
  [
    { intervalDays: 1000, windowHours: 3 },
    { automaticallyAfterDays: 1000, duration: "3h" },
  ],
  [{ scheduleExpression: "rate(12 hours)" }, { scheduleExpression: "rate(12 hours)" }],
  [
    { scheduleExpression: "cron(0 8 1 * ? *)", windowHours: 16 },
    { scheduleExpression: "cron(0 8 1 * ? *)", duration: "16h" },
  ],
])("the schedule %p", async (schedule, rules) => {
  const { resources } = await provision({ value: "v", rotation: { lambdaArn, ...schedule } });
  expect(only(resources, rotationType).inputs.rotationRules).toEqual(rules);
});

const underItsKey = `vantedge-secrets:is-under-its-key:${accountId}:us-east-1:vantedge/production/db`;

test("without rotation, a value is written whenever it changes", async () => {
  const { resources } = await provision({ value: "v" });
  expect(only(resources, versionType).options).toMatchObject({ ignoreChanges: [], beforeCreate: [underItsKey] });
  expect(named(resources, rotationType)).toEqual({});
  expect(named(resources, permissionType)).toEqual({});
});

test("with rotation, the value is written once, unless overwriteRotated says otherwise", async () => {
  const once = only((await provision({ value: "v", rotation })).resources, versionType);
  expect(once.options).toMatchObject({
    ignoreChanges: ["secretStringWo", "secretStringWoVersion"],
    retainOnDelete: true,
    beforeCreate: [underItsKey, `vantedge-secrets:is-first-value:${accountId}:us-east-1:vantedge/production/db`],
  });
  const always = only((await provision({ value: "v", rotation, overwriteRotated: true })).resources, versionType);
  expect(always.options).toMatchObject({ ignoreChanges: [], retainOnDelete: true, beforeCreate: [underItsKey] });
});

/** The engine gives back the number of the value that is stored. */
const kept = { "db-version": { secretStringWoVersion: 4711, versionId: "the-first" } };
const refused =
  'Secret "db": value: has changed: a secret with rotation takes it as its first value only, and rotation replaces it: ' +
  "put the old one back, or set overwriteRotated: true to write it";

describe.each([false, true])("in a preview: %s", (preview) => {
  test.each<[string, Partial<SecretArgs>]>([
    ["value", { value: canary }],
    ["field", { fields: { password: secret(canary) } }],
  ])("a changed %s is refused in one line, without a trace of it", async (_, args) => {
    const outcome = await attempt(program({ ...args, rotation }), { preview, kept });
    expect(outcome.errors).toEqual([refused]);
    expect(leaks(outcome, canary)).toEqual([]);
    expect(leaks(outcome, "4711")).toEqual([]);
  });
});

test("the same value passes, and so does another one with overwriteRotated; the version's id is in clear", async () => {
  const { secretStringWoVersion } = only((await provision({ value: "v", rotation })).resources, versionType).inputs;
  const same = { "db-version": { secretStringWoVersion, versionId: "the-first" } };
  expect((await provision({ value: "v", rotation }, { kept: same })).result.versionId).toBe("the-first");
  const overwritten = await provision({ value: canary, rotation, overwriteRotated: true }, { kept });
  expect(overwritten.result.versionId).toBe("the-first");
  for (const { requests } of [await provision({ value: "v", rotation }, { kept: same })]) {
    expect(requests.at(-1)).toMatchObject({ outputs: { versionId: "the-first" } });
  }
});

const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";
const versions = (...stages: string[][]) => ({
  [getVersions]: () => ({
    versions: stages.map((versionStages, index) => ({ versionId: `v${index}`, versionStages })),
  }),
});
const absent: Calls = {
  [getVersions]: () => {
    throw new Error(`ResourceNotFoundException ${canary}`);
  },
};

/** Registers a secret, and runs the hook of a rule as the engine does before it creates a resource. */
async function hooked(rule: string, args: Partial<SecretArgs>, calls: Calls, newInputs = {}): Promise<Run> {
  const registered = async () => {
    const { secretId } = new Secret("db", { workspace: ref, rotation, ...args });
    await new Promise((resolve) => secretId.apply(resolve));
    const hook = hookOf(rule);
    expect(hook.opts).toEqual({ onDryRun: true });
    await hook.callback({ newInputs } as never);
  };
  return attempt(registered, { calls });
}

const initial = "a secret with rotation takes it as its first value only, and rotation replaces it";

test.each<[string, Calls, string[]]>([
  ["a new secret", absent, []],
  ["one without a value", versions(), []],
  [
    "one whose list the provider leaves out",
    { "aws:secretsmanager/getSecretVersions:getSecretVersions": () => ({}) },
    [],
  ],
  ["one with a pending value", versions(["AWSPENDING"]), []],
  [
    "one with a value",
    versions(["AWSPREVIOUS"], ["AWSCURRENT"]),
    [
      `Secret "db": value: there is one in the cloud: ${initial}: leave value away, or set overwriteRotated: true to write it`,
    ],
  ],
])("before the first value is written to %s", async (_, calls, errors) => {
  const outcome = await hooked("is-first-value", { value: canary }, calls);
  expect(outcome.errors).toEqual(errors);
  expect(leaks(outcome, canary)).toEqual([]);
  expect(lookups(outcome.calls).map(({ inputs }) => inputs)).toEqual([
    { secretId: "vantedge/production/db", region: "us-east-1" },
  ]);
});

const nothing =
  'Secret "db": rotation: there is no value to rotate yet: give value or fields, or make the secret without rotation, put a value in, and then add rotation';

test.each<[string, Calls, object, string[]]>([
  ["is made in this run", absent, { secretId: {} }, [nothing]],
  ["has none", versions(), { secretId: "arn" }, [nothing]],
  ["has one from outside", versions(["AWSCURRENT"]), { secretId: "arn" }, []],
  ["the cloud tells nothing about", absent, { secretId: "arn" }, []],
])("rotation without a value, of a secret that %s", async (_, calls, newInputs, errors) => {
  expect((await hooked("has-a-value", {}, calls, newInputs)).errors).toEqual(errors);
});

test("a function that is known late is checked then", async () => {
  const late = (arn: string) => attempt(program({ value: "v", rotation: { lambdaArn: output(arn), intervalDays: 1 } }));
  expect((await late(lambdaArn)).errors).toEqual([]);
  const outcome = await late(`${lambdaArn}:1`);
  expect(outcome.errors).toEqual([`Secret "db": rotation.lambdaArn: ${functionRule}`]);
  expect(named(outcome.resources, rotationType)).toEqual({});
  expect(named(outcome.resources, permissionType)).toEqual({});
});

const functionRule = `must be the ARN of a function of the workspace, without version or alias: arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--NAME (two hyphens: with one, as before, it could be another workspace's)`;
const foreign = (change: (arn: string) => string) => ({ rotation: { lambdaArn: change(lambdaArn), intervalDays: 1 } });
const when = (schedule: object) => ({ rotation: { lambdaArn, ...schedule } });

test.each<[string, object, string[]]>([
  [
    "another workspace's function",
    foreign((arn) => arn.replace("production", "staging")),
    [`rotation.lambdaArn: ${functionRule}`],
  ],
  [
    "a look-alike's function",
    foreign((arn) => arn.replace("production-", "production")),
    [`rotation.lambdaArn: ${functionRule}`],
  ],
  [
    "a function elsewhere",
    foreign((arn) => arn.replace("us-east-1", "eu-west-1")),
    [`rotation.lambdaArn: ${functionRule}`],
  ],
  [
    "another account's function",
    foreign((arn) => arn.replace(accountId, "999900001111")),
    [`rotation.lambdaArn: ${functionRule}`],
  ],
  ["a version of a function", foreign((arn) => `${arn}:7`), [`rotation.lambdaArn: ${functionRule}`]],
  ["an alias of a function", foreign((arn) => `${arn}:live`), [`rotation.lambdaArn: ${functionRule}`]],
  ["functions by a wildcard", foreign((arn) => arn.replace("rotator", "*")), [`rotation.lambdaArn: ${functionRule}`]],
  ["half a name", foreign((arn) => arn.replace("rotator", "")), [`rotation.lambdaArn: ${functionRule}`]],
  [
    "no function",
    { rotation: { intervalDays: 1 } },
    ["rotation.lambdaArn: must be a text that is not empty, or an Output"],
  ],
  ["no schedule", when({}), ["rotation: exactly one of intervalDays, scheduleExpression must be set; none is set"]],
  [
    "two schedules",
    when({ intervalDays: 1, scheduleExpression: "rate(1 day)" }),
    [
      "rotation: exactly one of intervalDays, scheduleExpression must be set; intervalDays and scheduleExpression are set",
    ],
  ],
  ["no days", when({ intervalDays: 0 }), ["rotation.intervalDays: must be 1 to 1000"]],
  ["too many days", when({ intervalDays: 1001 }), ["rotation.intervalDays: must be 1 to 1000"]],
  ["half a day", when({ intervalDays: 1.5 }), ["rotation.intervalDays: must be a whole number"]],
  ["a window of no hours", when({ intervalDays: 1, windowHours: 0 }), ["rotation.windowHours: must be 1 to 24"]],
  [
    "a window of more than a day",
    when({ intervalDays: 1, windowHours: 25 }),
    ["rotation.windowHours: must be 1 to 24"],
  ],
  [
    "a schedule that AWS refuses",
    when({ scheduleExpression: "rate(3 hours)" }),
    ["rotation.scheduleExpression: rotates more often than every 4 hours, the most that AWS does: make it rarer"],
  ],
  [
    "a window that is too long",
    when({ scheduleExpression: "rate(4 hours)", windowHours: 5 }),
    ["rotation.windowHours: reaches into the next rotation or the next day: with rate(4 hours) at most 4"],
  ],
  [
    "overwriting without rotation",
    { overwriteRotated: true },
    ["overwriteRotated is set without rotation: leave it away"],
  ],
])("bad input: %s", async (_, args, problems) => {
  const outcome = await attempt(program({ value: canary, ...args } as Partial<SecretArgs>));
  expect(outcome.errors).toEqual(problems.map((problem) => `Secret "db": ${problem}`));
  expect(outcome.resources).toEqual([]);
  expect(leaks(outcome, canary)).toEqual([]);
});
