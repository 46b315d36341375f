import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { aws } from "./support/aws";
import { canariesIn, canary, filesBelow, watchArguments } from "./support/canary";
import { secretsIn } from "./support/kubernetes";
import { Project } from "./support/project";

function ofBytes(size: number, text: string): string {
  return text + "-".repeat(size - Buffer.byteLength(text));
}

/** Every way in by the secret's name in the cloud, and the text that must arrive there. */
const manifestWays = {
  "manifest-literal": canary("manifest-literal"),
  "manifest-config": canary("manifest-config"),
  "manifest-fields": JSON.stringify({ a: canary("manifest-field-literal"), b: canary("manifest-field-config") }),
};
const programWays = {
  "program-plain": canary("program-plain"),
  "program-secret": canary("program-secret"),
  "program-promise": canary("program-promise"),
  "program-config": canary("program-config"),
  "program-resource": canary("program-resource"),
  "program-fields": JSON.stringify({ a: canary("program-field-plain"), b: canary("program-field-secret") }),
  "trailing-newline": `${canary("trailing-newline")}\r\n\n`,
  unicode: `${canary("unicode")} \u{1f511} \u2028 \ufeff`,
  nul: `\u0000${canary("nul")}\u0000\u0001`,
  largest: ofBytes(65_536, canary("largest")),
};
const yamlWays = {
  "yaml-plain": canary("yaml-plain"),
  "yaml-secret": canary("yaml-secret"),
  "yaml-fields": JSON.stringify({ a: canary("yaml-field-plain"), b: canary("yaml-field-secret") }),
};
const ways: Record<string, string> = { ...manifestWays, ...programWays, ...yamlWays };

const manifest = `organization: AI Startup
cloud: { aws: { region: us-east-1, accountId: "111122223333" } }
workspaces: [{ name: vault, namespace: vault }]
secrets:
  - { name: manifest-literal, workspace: vault, recoveryWindowInDays: 0, value: ${JSON.stringify(manifestWays["manifest-literal"])} }
  - { name: manifest-config, workspace: vault, recoveryWindowInDays: 0, value: { config: key } }
  - name: manifest-fields
    workspace: vault
    recoveryWindowInDays: 0
    fields: { a: ${JSON.stringify(canary("manifest-field-literal"))}, b: { config: field } }
bindings:
  - name: manifest
    workspace: vault
    delivery: native
    volumes:
      - { name: literal, secret: { secretName: manifest-literal } }
      - { name: fields, secret: { secretName: manifest-fields } }
    volumeMounts: [{ name: literal, mountPath: /literal }, { name: fields, mountPath: /fields }]
`;

/** `version` is appended to the plain values: another one changes them. */
const program = (version: string, more = "") => `
const pulumi = require("@pulumi/pulumi");
const { Secret: KubernetesSecret } = require("@pulumi/kubernetes/core/v1");
const { DeploymentBinding, Secret, provisionManifest } = require("vantedge-secrets");

module.exports = async () => {
  const { workspaces } = await provisionManifest("vantedge.yaml");
  const workspace = workspaces.vault.ref;
  const config = new pulumi.Config();
  const metadata = { name: "source", namespace: workspaces.vault.namespace };
  const source = new KubernetesSecret("source", { metadata, stringData: { key: ${JSON.stringify(canary("program-resource"))} } });
  const text = ${JSON.stringify(programWays)};
  const contents = {
    ...Object.fromEntries(Object.entries(text).map(([name, value]) => [name, { value }])),
    "program-plain": { value: text["program-plain"] + ${JSON.stringify(version)} },
    "program-secret": { value: pulumi.secret(text["program-secret"]) },
    "program-promise": { value: Promise.resolve(text["program-promise"]) },
    "program-config": { value: config.requireSecret("program") },
    "program-resource": { value: source.stringData.apply(({ key }) => key) },
    "program-fields": { fields: { a: ${JSON.stringify(canary("program-field-plain"))}, b: pulumi.secret(${JSON.stringify(canary("program-field-secret"))}) } },
  };
  const values = {};
  for (const [name, content] of Object.entries(contents)) {
    const secret = new Secret(name, { workspace, recoveryWindowInDays: 0, ...content });
    values[name] = { ...content, versionId: secret.versionId };
  }
  const secrets = Object.keys(contents).filter((name) => name !== "program-fields");
  const env = { FIELD: { secret: "program-fields", field: "b" } };
  new DeploymentBinding("program", { workspace, delivery: "native", env, files: { "/all": { secrets } }, values });
  ${more}
};
`;

const yaml = `config:
  key: { type: string, secret: true }
  field: { type: string, secret: true }
resources:
${Object.entries({
  "yaml-plain": `value: ${JSON.stringify(yamlWays["yaml-plain"].replace("$", "$$$$"))}`,
  "yaml-secret": "value: ${key}",
  "yaml-fields": `fields: { a: ${JSON.stringify(canary("yaml-field-plain").replace("$", "$$$$"))}, b: "\${field}" }`,
})
  .map(
    ([name, content]) => `  ${name}:
    type: vantedge-secrets:Secret
    properties:
      workspace: { name: vault, organization: AI Startup, cloud: aws, region: us-east-1, accountId: "111122223333" }
      recoveryWindowInDays: 0
      ${content}
`,
  )
  .join("")}  yaml-binding:
    type: vantedge-secrets:DeploymentBinding
    properties:
      workspace: { name: vault, organization: AI Startup, cloud: aws, region: us-east-1, accountId: "111122223333" }
      delivery: native
      files: { /all: { secrets: [yaml-plain, yaml-secret], items: { field: { secret: yaml-fields, field: a } } } }
      values:
        yaml-plain: { value: ${JSON.stringify(yamlWays["yaml-plain"].replace("$", "$$$$"))}, versionId: "\${yaml-plain.versionId}" }
        yaml-secret: { value: "\${key}", versionId: "\${yaml-secret.versionId}" }
        yaml-fields: { fields: { a: ${JSON.stringify(canary("yaml-field-plain").replace("$", "$$$$"))} }, versionId: "\${yaml-fields.versionId}" }
`;

/** Each of these fails when its value is known already. */
const failures = `
  new Secret("too-large", { workspace, recoveryWindowInDays: 0, value: pulumi.secret(${JSON.stringify(ofBytes(65_537, canary("too-large")))}) });
  new Secret("an-object", { workspace, recoveryWindowInDays: 0, value: pulumi.output({ [${JSON.stringify(canary("object-key"))}]: ${JSON.stringify(canary("object"))} }) });
`;
const taken = `
  new Secret("taken", { workspace, recoveryWindowInDays: 0, value: ${JSON.stringify(canary("taken"))} });
`;

const printed: Record<string, string> = {};
let project: Project;
let yamlProject: Project;
let stopWatching: () => Promise<string>;
const systemTemporary = process.env.TMPDIR;
let temporary: string;

beforeAll(async () => {
  const field = canary("manifest-field-config");
  const settings = { key: ways["manifest-config"] as string, field, program: ways["program-config"] as string };
  project = await Project.ofProgram("secrecy", program(""), settings);
  project.write("vantedge.yaml", manifest);
  const yamlSettings = { key: ways["yaml-secret"] as string, field: canary("yaml-field-secret") };
  yamlProject = await Project.ofYaml("secrecy-yaml", yaml, yamlSettings);
  temporary = mkdtempSync(path.join(os.tmpdir(), "vantedge-temporary-"));
  process.env.TMPDIR = temporary;
  stopWatching = watchArguments();
});
afterAll(async () => {
  await stopWatching();
  await yamlProject.end();
  await project.end();
  process.env.TMPDIR = systemTemporary;
  if (systemTemporary === undefined) delete process.env.TMPDIR;
  rmSync(temporary, { recursive: true, force: true });
});

test("every way in goes through the real engine", async () => {
  const preview = await project.shown("preview");
  const up = await project.up();
  const yamlUp = await yamlProject.shown("up");
  Object.assign(printed, { preview: preview.text, "up as JSON": up.text, "up of YAML": yamlUp.text });
  expect([preview.exitCode, up.errors, yamlUp.exitCode]).toEqual([0, [], 0]);
  expect(up.warnings).toEqual([
    expect.stringMatching(/^vantedge\.yaml:5:.*: the value stands in the file in clear: set it with pulumi config/),
    expect.stringMatching(/^vantedge\.yaml:10:.*: the value stands in the file in clear: set it with pulumi config/),
  ]);
});

test.each(Object.entries(ways))("%s arrives byte for byte in the cloud", async (name, text) => {
  const { SecretString } = await aws("secretsmanager", "GetSecretValue", { SecretId: `vantedge/vault/${name}` });
  expect(SecretString === text).toBe(true);
});

test("what is bound arrives byte for byte in the cluster", async () => {
  const delivered = Object.entries(await secretsIn("vault")).map(([name, data]) => [
    name.replace(/^(manifest|program|yaml-binding)-/, ""),
    data,
  ]);
  const whole = (text: Record<string, string>) => Object.entries(text).map(([name, value]) => [name, { value }]);
  const { "manifest-literal": literal } = manifestWays;
  expect(Object.fromEntries(delivered)).toEqual({
    source: { key: canary("program-resource") },
    "manifest-literal": { value: literal },
    "manifest-fields": JSON.parse(manifestWays["manifest-fields"]),
    ...Object.fromEntries(whole(programWays)),
    "program-fields": { b: canary("program-field-secret") },
    "yaml-plain": { value: yamlWays["yaml-plain"] },
    "yaml-secret": { value: yamlWays["yaml-secret"] },
    "yaml-fields": { a: canary("yaml-field-plain") },
  });
});

test("a changed value is shown as a change, not as a value", async () => {
  project.write("index.js", program("changed"));
  await project.configure("program", canary("program-config-changed"));
  const preview = await project.preview();
  const up = await project.shown("up");
  Object.assign(printed, { "preview of a change as JSON": preview.text, "up of a change": up.text });
  expect([preview.exitCode, up.exitCode]).toEqual([0, 0]);
  expect(preview.changes).toEqual({ replace: 4, update: 1, same: expect.any(Number) });
});

test("a run that fails when the values are known names what is wrong, and no value", async () => {
  project.write("index.js", program("changed", failures));
  const { exitCode, text } = await project.shown("up");
  printed["a run that fails"] = text;
  expect(exitCode).not.toBe(0);
  expect(text).toContain('Secret "too-large": value: has 65537 bytes');
  expect(text).toContain('Secret "an-object": value: must be a text; for named values use fields');
});

test("a run that fails because a name is taken says so, and shows no value", async () => {
  await aws("secretsmanager", "CreateSecret", { Name: "vantedge/vault/taken", SecretString: "somebody else's" });
  project.write("index.js", program("changed", taken));
  const { exitCode, text } = await project.shown("up");
  printed["a run whose name is taken"] = text;
  await aws("secretsmanager", "DeleteSecret", { SecretId: "vantedge/vault/taken", ForceDeleteWithoutRecovery: true });
  expect(exitCode).not.toBe(0);
  expect(text).toContain("vantedge/vault/taken");
});

describe("no canary is to be found", () => {
  const values = Object.values(ways).flatMap((text) => [text, `${text}changed`]);
  const cloud = process.env.VANTEDGE_LOCAL_CLOUD as string;
  const isEtcd = (file: string) => file.startsWith(path.join(cloud, "kubernetes", "etcd"));
  const found = (places: Record<string, string>) =>
    Object.entries(places).flatMap(([place, text]) => canariesIn(text, values).map((excerpt) => [place, excerpt]));

  test("in what was printed", () => {
    expect(Object.values(printed).filter((text) => text.length < 500)).toEqual([]);
    expect(Object.keys(printed)).toHaveLength(7);
    expect(found(mapValues(printed, (text) => withoutDebugging(text).join("\n")))).toEqual([]);
  });

  // Pulumi's own: `--json` prints what the SDK says for debugging, which holds all that a resource answers.
  test("in what --json adds for debugging, besides the Secrets that Kubernetes answers with", () => {
    const lines = Object.values(printed).flatMap((text) => text.split("\n"));
    const leaking = lines.filter((line) => canariesIn(line, values).length > 0);
    const answer = /"debug: ","message":"RegisterResource RPC finished: resource:\S+\[kubernetes:core\/v1:Secret\];/;
    expect(leaking.filter((line) => !answer.test(line))).toEqual([]);
  });

  test("in the exported states", async () => {
    const exported = { program: (await project.export()).text, yaml: (await yamlProject.export()).text };
    for (const text of Object.values(exported)) expect(text).toContain("ciphertext");
    expect(found(exported)).toEqual([]);
  });

  test("in the files of the engine's backend, in logs, and in all else that the local cloud keeps besides the cluster's storage", () => {
    const files = filesBelow(cloud, isEtcd);
    const names = Object.keys(files).join("\n");
    for (const kind of [/\.pulumi\/stacks\/secrecy\//, /\.pulumi\/history\/secrecy\//, /\.pulumi\/backups\//]) {
      expect(names).toMatch(kind);
    }
    expect(names).toContain(process.env.VANTEDGE_REQUEST_LOG);
    expect(found(files)).toEqual([]);
  });

  test("in temporary files", () => {
    expect(found(filesBelow(temporary))).toEqual([]);
  });

  test("in the arguments of any process", async () => {
    expect(canariesIn(await stopWatching(), values)).toEqual([]);
  });
});

function withoutDebugging(text: string): string[] {
  return text.split("\n").filter((line) => !line.includes('"diagnosticEvent":{"prefix":"debug: "'));
}

function mapValues(texts: Record<string, string>, map: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, map(text)]));
}

describe("the search finds", () => {
  const text = canary("control");
  const sha = (encoding: "hex" | "base64") => createHash("sha256").update(text).digest(encoding);
  test.each([
    ["a value", text],
    ["a value in JSON in JSON", JSON.stringify(JSON.stringify({ text }))],
    ["a value in a URL", encodeURIComponent(text)],
    ...[0, 1, 2, 3].map((before) => [`base64 after ${before} bytes`, btoa(`${"x".repeat(before)}cAnaRy-7f3a9c-x`)]),
    ["hexadecimal", Buffer.from(text).toString("hex")],
    ["a hash in hexadecimal", sha("hex")],
    ["a hash in base64", sha("base64")],
  ])("%s", (_, leaked) => {
    expect(canariesIn(`before ${leaked} after`, [text])).toHaveLength(1);
  });

  test("nothing in the hash of something else", () => {
    expect(canariesIn(createHash("sha256").update("other").digest("hex"), [text])).toEqual([]);
  });

  test("an argument of a process that ends soon", async () => {
    const stop = watchArguments();
    await new Promise((done) => execFile(process.execPath, ["-e", "setTimeout(() => {}, 500)", text], done));
    expect(canariesIn(await stop(), [])).toHaveLength(1);
  });
});
