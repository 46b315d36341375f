import { createHmac } from "node:crypto";
import * as aws from "@pulumi/aws/provider";
import { output, secret } from "@pulumi/pulumi";
import fc from "fast-check";
import { Secret, type SecretArgs, Workspace } from "../../../index";
import { accountId, canary, production, ref, tags } from "../../support/fixtures";
import { attempt, type Calls, leaks, lookups, named, only, run, summary } from "../../support/mocks";

const component = "vantedge-secrets:index:Secret";
const secretType = "aws:secretsmanager/secret:Secret";
const versionType = "aws:secretsmanager/secretVersion:SecretVersion";
const arn = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/openai-api-key-AbCdEf`;

const provision = (args: Partial<SecretArgs> = {}) =>
  run(() => {
    const { secretName, cloudName, secretId, versionId } = new Secret("openai-api-key", { workspace: ref, ...args });
    return { secretName, cloudName, secretId, versionId };
  });

/** As design.md 5 describes it, in other words. */
function versionOf(urn: string, value: string): number {
  const digest = createHmac("sha256", urn).update(value, "utf8").digest("hex");
  return Number.parseInt(digest.slice(0, 12), 16);
}
const urn = "urn:pulumi:stack::project::pulumi:pulumi:Stack$vantedge-secrets:index:Secret::openai-api-key";

test("a secret is three resources", async () => {
  const { resources } = await provision({ value: "sk" });
  expect(summary(resources)).toEqual([
    `${component} openai-api-key`,
    `${secretType} openai-api-key`,
    `${versionType} openai-api-key-version`,
  ]);
});

test("without a value it has no version", async () => {
  const { resources, result } = await provision();
  expect(summary(resources)).toEqual([`${component} openai-api-key`, `${secretType} openai-api-key`]);
  expect(only(resources, component).inputs.hasValue).toBe(false);
  expect(result).toEqual({
    secretName: "openai-api-key",
    cloudName: "vantedge/production/openai-api-key",
    secretId: arn,
    versionId: "",
  });
});

test("the exact inputs", async () => {
  const { resources } = await provision({
    value: "sk",
    type: "api-token",
    description: "OpenAI API key for GPT-4 models",
    tags: { team: "ai" },
  });
  expect(only(resources, component).inputs).toEqual({
    secretName: "openai-api-key",
    type: "api-token",
    workspace: "production",
    cloud: "aws",
    hasValue: true,
    hasRotation: false,
    hasLockdown: false,
  });
  expect(only(resources, secretType).inputs).toEqual({
    region: "us-east-1",
    name: "vantedge/production/openai-api-key",
    description: "OpenAI API key for GPT-4 models",
    kmsKeyId: ref.keyArn,
    replicas: [],
    recoveryWindowInDays: 30,
    tags: { team: "ai", ...tags, "vantedge-type": "api-token" },
  });
  expect(only(resources, versionType).inputs).toEqual({
    region: "us-east-1",
    secretId: "openai-api-key-id",
    secretStringWo: "sk",
    secretStringWoVersion: versionOf(urn, "sk"),
  });
});

test("the version is kept in the cloud, and its number is as secret as the value", async () => {
  const version = only((await provision({ value: "sk" })).resources, versionType);
  expect(version.options.retainOnDelete).toBe(true);
  expect(version.options.additionalSecretOutputs).toContain("secretStringWoVersion");
  expect(version.secretInputs).toEqual(["secretStringWo", "secretStringWoVersion"]);
});

test("the version's number is the first 48 bits of HMAC-SHA256, and the same for the same value", async () => {
  const text = fc.string({ unit: "binary", minLength: 1 }).map((any) => any.normalize("NFC")); // others are refused
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      const { inputs } = only((await provision({ value })).resources, versionType);
      expect(inputs.secretStringWoVersion).toBe(versionOf(urn, value));
      expect(Number.isSafeInteger(inputs.secretStringWoVersion)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test("two secrets with one value have different numbers", async () => {
  const { resources } = await run(() => ["a", "b"].map((name) => new Secret(name, { workspace: ref, value: "same" })));
  const [a, b] = Object.values(named(resources, versionType)).map(({ inputs }) => inputs.secretStringWoVersion);
  expect(a).not.toBe(b);
});

test("fields are one JSON object with sorted keys", async () => {
  const { resources } = await provision({ fields: { url: "postgres://", "10": "x", "9": secret("y") } });
  expect(only(resources, versionType).inputs.secretStringWo).toBe(`{"10":"x","9":"y","url":"postgres://"}`);
});

const forms: [string, Partial<SecretArgs>][] = [
  ["a text", { value: canary }],
  ["a secret", { value: secret(canary) }],
  ["an Output", { value: output(canary) }],
  ["a promise", { value: Promise.resolve(canary) }],
  ["fields", { fields: { password: canary, user: output(canary), url: secret(canary) } }],
];

describe.each([false, true])("in a preview: %s", (preview) => {
  test.each(forms)("the value is nowhere in clear: %s", async (_, args) => {
    const outcome = await run(() => new Secret("openai-api-key", { workspace: ref, ...args }), { preview });
    expect(leaks(outcome, canary)).toEqual([]);
    expect(leaks(outcome, String(versionOf(urn, canary)))).toEqual([]);
  });
});

test("the oracle finds what leaks", async () => {
  const outcome = await run(() => {
    console.log(`the value is ${canary}`);
    new Secret("a", { workspace: ref, description: canary, value: canary, tags: { key: `=${canary}` } });
    return { outputs: { [canary]: 1 } };
  });
  expect(leaks(outcome, canary).map((path) => path.replace(/\d+/, "N"))).toEqual([
    "$.requests.N.outputs.outputs key",
    "$.requests.N.object.description",
    "$.requests.N.object.tags.key",
    "$.logs.N",
  ]);
});

test("replicas are encrypted by the key of their region", async () => {
  const { resources } = await provision({ workspace: { ...ref, replicaRegions: ["eu-west-1", "us-west-2"] } });
  expect(only(resources, secretType).inputs.replicas).toEqual([
    { region: "eu-west-1", kmsKeyId: "alias/vantedge-production" },
    { region: "us-west-2", kmsKeyId: "alias/vantedge-production" },
  ]);
});

test.each([
  [["eu-west-1"], true],
  [[], false],
])("a secret with replicas in %j waits for the aliases of its own program", async (replicaRegions, waits) => {
  const { resources } = await run(() => {
    const workspace = new Workspace("production", {
      ...production,
      aws: { region: "us-east-1", accountId, replicaRegions },
    });
    new Secret("a", { workspace: workspace.ref });
  });
  expect(only(resources, secretType).options.dependencies.includes("production-alias-eu-west-1")).toBe(waits);
});

const getKey = "aws:kms/getKey:getKey";
const keyCall: Calls = { [getKey]: ({ keyId, region }) => ({ arn: `arn:${region}:${keyId}` }) };

test("the key of a workspace of another stack is found by its alias", async () => {
  const { keyArn: _, ...elsewhere } = ref;
  const { resources, calls } = await run(() => new Secret("a", { workspace: elsewhere }), { calls: keyCall });
  expect(lookups(calls)).toEqual([
    { token: getKey, inputs: { keyId: "alias/vantedge-production", region: "us-east-1" }, provider: "" },
  ]);
  expect(only(resources, secretType).inputs.kmsKeyId).toBe("arn:us-east-1:alias/vantedge-production");
});

test("explicit providers reach every child and invoke, and dependsOn too", async () => {
  const { keyArn: _, ...elsewhere } = ref;
  const { resources, calls } = await run(
    () => {
      const provider = new aws.Provider("own", { region: "us-east-1" });
      new Secret("a", { workspace: elsewhere, value: "v" }, { provider, dependsOn: [new aws.Provider("first", {})] });
    },
    { calls: keyCall },
  );
  for (const type of [secretType, versionType]) {
    const { options } = only(resources, type);
    expect(options.provider).toMatch(/:own::own-id$/);
    expect(options.dependencies).toContain("first");
    expect(options.parent).toBe("a");
  }
  expect(calls.map(({ provider }) => provider)).toEqual([1, 2].map(() => expect.stringMatching(/:own::own-id$/)));
});

test("without providers nothing is set", async () => {
  const { resources } = await provision({ value: "v" });
  expect(resources.map(({ options }) => options.provider)).toEqual(["", "", ""]);
});

test("the secret of a workspace of this program takes its key", async () => {
  const { resources } = await run(() => {
    const workspace = new Workspace("production", production);
    new Secret("a", { workspace: workspace.ref, value: "v" });
  });
  const made = only(resources, secretType);
  expect(made.inputs.kmsKeyId).toBe(`arn:aws:kms:us-east-1:${accountId}:key/production-key`);
  expect(made.options.dependencies).toEqual(["production-key"]);
});

test("a preview registers what an update does", async () => {
  const program = () => new Secret("a", { workspace: new Workspace("production", production).ref, value: "v" });
  const [update, preview] = [await run(program), await run(program, { preview: true })];
  expect(summary(preview.resources).sort()).toEqual(summary(update.resources).sort());
});

test("an existing secret is taken over as it is", async () => {
  const { resources } = await provision({ import: arn });
  expect(only(resources, secretType).options).toMatchObject({
    import: `${arn}@us-east-1`,
    ignoreChanges: ["description", "kmsKeyId", "replicas", "recoveryWindowInDays", "tags"],
  });
  expect(only((await provision()).resources, secretType).options).toMatchObject({ import: "", ignoreChanges: [] });
});

test.each([0, 7, 30])("a window of %d days is taken", async (recoveryWindowInDays) => {
  const { resources } = await provision({ recoveryWindowInDays });
  expect(only(resources, secretType).inputs.recoveryWindowInDays).toBe(recoveryWindowInDays);
});

test("a name that ends in a hyphen and six characters is a name as any other", async () => {
  const { resources } = await provision({ secretName: "jwt-secret" });
  expect(only(resources, secretType).inputs.name).toBe("vantedge/production/jwt-secret");
});

const nameRule =
  "must be 1 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit";
const importRule = `must be the ARN of the secret of this very name: ${arn.slice(0, -6)} and six characters`;
const tooLong = "a secret holds at most 65536: shorten it, or make it several secrets";
const plainly = "must be a text that is not empty, or an Output";

test.each<[string, object, string[]]>([
  ["a name that AWS refuses", { secretName: "OPENAI/KEY" }, [`secretName: ${nameRule}`]],
  ["an empty name", { secretName: "" }, ["secretName: is empty: give it a text"]],
  [
    "a type that is none",
    { type: canary },
    ["type: must be one of api-token, database-credentials, service-credentials, generic"],
  ],
  ["value and fields", { value: canary, fields: { a: canary } }, ["value and fields are both set: keep one"]],
  ["an empty value", { value: "" }, [`value: ${plainly}`]],
  ["a value that is no text", { value: 4711 }, [`value: ${plainly}`]],
  ["an object for a value", { value: { password: canary } }, [`value: ${plainly}`]],
  ["no fields", { fields: {} }, ["fields: needs at least one field"]],
  ["an empty field", { fields: { a: "" } }, [`fields.a: ${plainly}`]],
  [
    "a field that Kubernetes refuses",
    { fields: { "a b": canary } },
    ["fields.a b: a field's name must be 1 to 253 letters, digits, dots, hyphens and underscores"],
  ],
  [
    "a window that AWS refuses",
    { recoveryWindowInDays: 5 },
    ["recoveryWindowInDays: must be 0 (deleted at once) or 7 to 30"],
  ],
  ["half a day", { recoveryWindowInDays: 7.5 }, ["recoveryWindowInDays: must be a whole number"]],
  [
    "a description that AWS refuses",
    { description: "x".repeat(2049) },
    ["description: is longer than 2048 characters, the most that AWS takes: shorten it"],
  ],
  [
    "our tags",
    { tags: { "vantedge-type": "x", "aws:x": "y" } },
    ["vantedge-type", "aws:x"].map((key) => `tags.${key}: tags that begin with vantedge- or aws: are reserved`),
  ],
  [
    "a tag that AWS refuses",
    { tags: { team: "a;b" } },
    ["tags.team: has characters that AWS refuses: it takes letters, digits, spaces and + - = . _ : / @ only"],
  ],
  [
    "more tags than AWS takes",
    { tags: Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`key${index}`, ""])) },
    ["tags: are 48, and 3 are ours: AWS takes 50 in all"],
  ],
  ["a value that is too long", { value: "ü".repeat(32_769) }, [`value: has 65538 bytes; ${tooLong}`]],
  // {"a":"","b":""} is 15 bytes.
  [
    "fields that are too long together",
    { fields: { a: "x".repeat(65_000), b: "y".repeat(522) } },
    [`fields: has 65537 bytes; ${tooLong}`],
  ],
  ["a number for a field", { fields: { port: 5432 } }, [`fields.port: ${plainly}`]],
  ["a truth for a field", { fields: { tls: true } }, [`fields.tls: ${plainly}`]],
  ["nothing for a field", { fields: { password: null } }, [`fields.password: ${plainly}`]],
  ["an object for a field", { fields: { login: { password: canary } } }, [`fields.login: ${plainly}`]],
  ["a list for a field", { fields: { keys: [canary] } }, [`fields.keys: ${plainly}`]],
  ["the ARN of another secret", { import: arn.replace("openai", "stripe") }, [`import: ${importRule}`]],
  ["half an ARN", { import: arn.slice(0, -7) }, [`import: ${importRule}`]],
  ["no workspace", { workspace: undefined }, ["workspace: is missing: it must be a set of keys and values"]],
  [
    "a workspace without a place",
    { workspace: { name: "production", organization: "AI", cloud: "aws" } },
    ["workspace: a workspace on aws needs region and accountId"],
  ],
  [
    "a workspace in another cloud",
    { workspace: { name: "production", organization: "AI", cloud: "azure" } },
    ["workspace.cloud: must be one of aws, gcp"],
  ],
  ["a misspelt key", { valeu: canary }, ["valeu: unknown key: did you mean value?"]],
  [
    "several at once",
    { type: 1, description: 2, tags: { a: 3 } },
    [
      "type: must be one of api-token, database-credentials, service-credentials, generic",
      `description: ${plainly}`,
      "tags.a: must be a text: put it in quotes",
    ],
  ],
])("bad input: %s", async (_, args, problems) => {
  const outcome = await attempt(() => new Secret("openai-api-key", { workspace: ref, ...args }));
  expect(outcome.errors).toEqual(problems.map((problem) => `Secret "openai-api-key": ${problem}`));
  expect(outcome.resources).toEqual([]);
  expect(leaks(outcome, canary)).toEqual([]);
});

test.each<[string, unknown]>([
  ["an object", { password: canary }],
  ["a number", 5432],
  ["a truth", true],
  ["nothing", null],
])("a field that is known late and is %s stores nothing, and is named", async (_, late) => {
  const outcome = await attempt(() => new Secret("a", { workspace: ref, fields: { login: output(late) as never } }));
  expect(outcome.errors).toEqual([`Secret "a": fields.login: must be a text`]);
  expect(named(outcome.resources, versionType)).toEqual({});
  expect(leaks(outcome, canary)).toEqual([]);
});

test("fields that are known late are measured together, as JSON", async () => {
  const fields = { a: "x".repeat(65_000), b: output("y".repeat(522)) };
  const outcome = await attempt(() => new Secret("a", { workspace: ref, fields }));
  expect(outcome.errors).toEqual([`Secret "a": fields: has 65537 bytes; ${tooLong}`]);
  expect(named(outcome.resources, versionType)).toEqual({});
});

test("a description that is known late is measured then", async () => {
  const outcome = await attempt(() => new Secret("a", { workspace: ref, description: output("x".repeat(2049)) }));
  expect(outcome.errors).toEqual([
    'Secret "a": description: is longer than 2048 characters, the most that AWS takes: shorten it',
  ]);
  expect(named(outcome.resources, secretType)).toEqual({});
});

test("the value waits for its secret only: what waits for all of a component's children would wait for itself", async () => {
  const { resources } = await provision({ value: "v" });
  expect(only(resources, versionType).options.dependencies).toEqual(["openai-api-key"]);
});

const asGiven =
  "has characters that the cloud's provider would change (an accent apart from its letter, or half a character): give it " +
  "in Unicode normal form C, or put it in from outside";

test.each([
  ["empty", output(""), "is empty: give it a value, or leave it out"],
  ["no text", output({ password: canary }), "must be a text; for named values use fields"],
  ["in decomposed Unicode", output(`e\u0301${canary}`), asGiven],
  ["half a character", output(`\ud83d${canary}`), asGiven],
])("a value that is known late and is %s stores nothing, and says so in one line", async (_, value, problem) => {
  const outcome = await attempt(() => new Secret("a", { workspace: ref, value: value as never }));
  expect(outcome.errors).toEqual([`Secret "a": value: ${problem}`]);
  expect(named(outcome.resources, versionType)).toEqual({});
  expect(leaks(outcome, canary)).toEqual([]);
});
