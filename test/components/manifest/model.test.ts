import type { Settings } from "../../../components/manifest/settings";
import { accountId, arn, canary } from "../../support/fixtures";
import { elsewhere, file, head, load, marked, problems, settings } from "../../support/manifest";

const inFile =
  "the value stands in the file in clear: set it with pulumi config set --secret KEY and write { config: KEY }";

const secret = (name: string, rest = `value: ${canary}`) => `  - { name: ${name}, workspace: production, ${rest} }\n`;
const inHead = (rest: string) => head + rest;
const nameRule =
  "must be 1 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit";
const workspaceRule = nameRule.replace("63", "32");
const secretKeys =
  "name, workspace, type, description, value, fields, recoveryWindowInDays, tags, import, rotation, overwriteRotated, pinVersion, lockdown, gcp";
const keysHere = "unknown key: the keys here are";
const lambdaArn = `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--rotator`;
const setValue = "give it a text in quotes, { config: KEY }, or leave it out";
const arnRule =
  "must be the ARN of one role or user, for example arn:aws:iam::111122223333:role/ci; for several use arnPattern";

const secrets = (...lines: string[]) => inHead(`secrets:\n${lines.join("")}`);

/** The places are marked with ¦ in the text. */
function expectProblems(markedText: string, expected: string[], given = settings()): void {
  const { text, places } = marked(markedText);
  const found = problems(text, given).map((problem) => problem.replace(file(text), "FILE"));
  expect(found).toEqual(expected.map((message, index) => `${places[index]}: ${message}`));
  expect(found.join()).not.toContain(canary);
}

describe("secrets", () => {
  test.each<[string, string, string[]]>([
    ["an unknown key", secrets(secret("a", "¦valeu: x")), ["secrets[0].valeu: unknown key: did you mean value?"]],
    ["a key that may be a value", secrets(secret("a", `¦${canary}`)), [`secrets[0]: ${keysHere} ${secretKeys}`]],
    ["a name that the cloud refuses", secrets(secret("¦OpenAI_Key")), [`secrets[0].name: ${nameRule}`]],
    [
      "a name that is missing",
      secrets("  - ¦{ workspace: production }\n"),
      ["secrets[0].name: is missing: it must be a text"],
    ],
    ["a name that is a number", secrets(secret("¦42")), ["secrets[0].name: must be a text: put it in quotes"]],
    [
      "a type that is none",
      secrets(secret("a", "type: ¦password")),
      ["secrets[0].type: must be one of api-token, database-credentials, service-credentials, generic"],
    ],
    [
      "a number for a value",
      secrets(secret("a", "value: ¦12345")),
      ["secrets[0].value: must be a text: put it in quotes"],
    ],
    [
      "a truth for a value",
      secrets(secret("a", "value: ¦true")),
      ["secrets[0].value: must be a text: put it in quotes"],
    ],
    ["an empty value", secrets(secret("a", 'value: ¦""')), [`secrets[0].value: is empty: ${setValue}`]],
    ["a value that is nothing", secrets(secret("a", "value: ¦~")), [`secrets[0].value: is empty: ${setValue}`]],
    [
      "a value that is too long",
      secrets(secret("a", `value: ¦${"x".repeat(65_537)}`)),
      ["secrets[0].value: has 65537 bytes; a secret holds at most 65536: shorten it, or make it several secrets"],
    ],
    [
      "a list for a value",
      secrets(secret("a", `value: ¦[${canary}]`)),
      ["secrets[0].value: must be a text in quotes, or { config: KEY }"],
    ],
    [
      "an unknown source",
      secrets(secret("a", `value: ¦{ env: ${canary} }`)),
      ["secrets[0].value: must be a text in quotes, or { config: KEY }"],
    ],
    [
      "valueFrom",
      secrets(secret("a", `valueFrom: ¦{ file: ${canary} }`)),
      [
        "secrets[0].valueFrom: is reserved for values that come from another place: use value, or { config: KEY } as value",
      ],
    ],
    [
      "value and fields",
      secrets(`  - ¦{ name: a, workspace: production, value: ${canary}, fields: { b: ${canary} } }\n`),
      ["secrets[0]: value and fields are both set: keep one"],
    ],
    [
      "no fields",
      secrets(secret("a", "fields: ¦{}")),
      ["secrets[0].fields: needs at least one field: add one, or leave fields out"],
    ],
    ["an empty field", secrets(secret("a", 'fields: { b: ¦"" }')), [`secrets[0].fields.b: is empty: ${setValue}`]],
    [
      "a comma in a field's text",
      secrets(secret("a", `fields: { b: x, ¦${canary} }`)),
      ["secrets[0].fields: a field here has no value: give it one; if it is a part of a text, put the text in quotes"],
    ],
    [
      "a field's name that Kubernetes refuses",
      secrets(secret("a", `fields: { ¦"${canary} x": y }`)),
      ["secrets[0].fields: a field's name must be 1 to 253 letters, digits, dots, hyphens and underscores"],
    ],
    [
      "a window that AWS refuses",
      secrets(secret("a", "recoveryWindowInDays: ¦3")),
      ["secrets[0].recoveryWindowInDays: must be 0 (deleted at once) or 7 to 30"],
    ],
    [
      "a description that AWS refuses",
      secrets(secret("a", `description: ¦${"x".repeat(2049)}`)),
      ["secrets[0].description: is longer than 2048 characters, the most that AWS takes: shorten it"],
    ],
    [
      "our tags",
      secrets(secret("a", "tags: { ¦vantedge-type: x }")),
      ["secrets[0].tags: tags that begin with vantedge- or aws: are reserved"],
    ],
    [
      "a tag that AWS refuses",
      secrets(secret("a", 'tags: { team: ¦"a;b" }')),
      [
        "secrets[0].tags.team: has characters that AWS refuses: it takes letters, digits, spaces and + - = . _ : / @ only",
      ],
    ],
    [
      "fields that are too long together",
      secrets(`  - { name: a, workspace: production, fields: ¦{ a: ${"x".repeat(65_000)}, b: ${"y".repeat(522)} } }\n`),
      ["secrets[0].fields: has 65537 bytes; a secret holds at most 65536: shorten it, or make it several secrets"],
    ],
    [
      "another workspace's function",
      secrets(secret("a", "rotation: { intervalDays: 1, lambdaArn: ¦arn:aws:lambda:x }")),
      [
        `secrets[0].rotation.lambdaArn: must be the ARN of a function of the workspace, without version or alias: arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--NAME (two hyphens: with one, as before, it could be another workspace's)`,
      ],
    ],
    [
      "a schedule that AWS refuses",
      secrets(secret("a", `rotation: { lambdaArn: "${lambdaArn}", scheduleExpression: ¦rate(1 hour) }`)),
      [
        "secrets[0].rotation.scheduleExpression: rotates more often than every 4 hours, the most that AWS does: make it rarer",
      ],
    ],
    [
      "a pinned version beside a value",
      secrets(`  - ¦{ name: a, workspace: production, value: ${canary}, pinVersion: ${"1".repeat(32)}x }\n`),
      [
        "secrets[0]: pinVersion and a value are both set: workloads would get one and the program hold another: leave value and fields away while a version is pinned",
      ],
    ],
    [
      "overwriting without rotation",
      secrets(`  - ¦{ name: a, workspace: production, overwriteRotated: true }\n`),
      ["secrets[0]: overwriteRotated is set without rotation: leave it away"],
    ],
    [
      "a lockdown that lets nobody change the secret",
      secrets(secret("a", "lockdown: { deployers: ¦[] }")),
      ["secrets[0].lockdown.deployers: is empty: name whoever runs pulumi up, or nobody could change the secret"],
    ],
    [
      "a binding of a rotated secret",
      `${secrets(secret("a", `value: x, rotation: { lambdaArn: "${lambdaArn}", intervalDays: 1 }`))}bindings:
  - name: b
    workspace: production
    delivery: native
    env: [{ name: A, valueFrom: { secretKeyRef: { name: ¦a } } }]
`,
      [
        'bindings[0].env[0].valueFrom.secretKeyRef.name: secret "a" is rotated, and the program holds its first value only: use delivery external-secrets or csi',
      ],
    ],
    [
      "another secret's ARN",
      secrets(secret("a", "import: ¦arn:aws:x")),
      [
        `secrets[0].import: must be the ARN of the secret of this very name: arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/a- and six characters`,
      ],
    ],
    [
      "a secret twice",
      secrets(secret("a"), secret("b"), secret("¦a")),
      [`secrets[2].name: "a" is declared twice, first at FILE:6:13: keep one`],
    ],
    ["no secrets", inHead("secrets: ¦[]\n"), ["secrets: is an empty list: add something, or leave it out"]],
    ["what is no list", inHead(`secrets: ¦${canary}\n`), ["secrets: must be a list"]],
    ["what is no secret", inHead(`secrets: [¦${canary}]\n`), ["secrets[0]: must be a set of keys and values"]],
    [
      "a workspace that isn't there",
      inHead("secrets: [{ name: a, workspace: ¦prodution }]\n"),
      ['secrets[0].workspace: there is no workspace "prodution" here: declare it, or take one of production'],
    ],
    [
      "a workspace's name that is none",
      inHead(`secrets: [{ name: a, workspace: ¦${canary} }]\n`),
      [`secrets[0].workspace: ${workspaceRule}`],
    ],
  ])("%s", (_, text, expected) => {
    expectProblems(text, expected);
  });
});

test("one name in two workspaces is two secrets", () => {
  const text = `${head}  - name: development\nsecrets:\n${secret("a")}  - { name: a, workspace: development, value: x }\n`;
  expect(problems(text)).toEqual([]);
});

describe("workspaces", () => {
  const workspace = (rest: string) => `${head}    ${rest}\n`;
  const aws = `{ region: eu-west-1, accountId: "${accountId}"`;
  test.each<[string, string, string[]]>([
    ["an unknown key", workspace("¦role: {}"), ["workspaces[0].role: unknown key: did you mean roles?"]],
    [
      "a name that the cloud refuses",
      head.replace("production", "¦Production"),
      [`workspaces[0].name: ${workspaceRule}`],
    ],
    [
      "the same name twice",
      `${head}  - name: ¦production\n`,
      ['workspaces[1].name: "production" is declared twice, first at FILE:4:11: keep one'],
    ],
    [
      "aws and gcp",
      `${head.replace("- name", "- ¦name")}    aws: ${aws} }\n    gcp: { projectId: ai-startup, projectNumber: "123456789012" }\n`,
      ["workspaces[0]: aws and gcp are both set: a workspace has one cloud"],
    ],
    [
      "everybody as admin",
      workspace('roles: { admins: [{ arn: ¦"*" }] }'),
      [`workspaces[0].roles.admins[0].arn: ${arnRule}`],
    ],
    [
      "a role that is none",
      workspace("roles: { ¦editors: [] }"),
      ["workspaces[0].roles: unknown key: the keys here are viewers, members, admins, owners"],
    ],
    [
      "a principal of two kinds",
      workspace(`roles: { admins: [¦{ arn: "${arn("a")}", arnPattern: "${arn("b-*")}" }] }`),
      [
        "workspaces[0].roles.admins[0]: exactly one of arn, arnPattern, oidc, saml, gcp must be set; arn and arnPattern are set",
      ],
    ],
    [
      "a region that AWS has not",
      workspace(`aws: { region: ¦us-esat-1, accountId: "${accountId}" }`),
      [
        'workspaces[0].aws.region: "us-esat-1" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws',
      ],
    ],
    [
      "a replica at home",
      workspace(`aws: ${aws}, replicaRegions: ¦[eu-west-1] }`),
      ["workspaces[0].aws.replicaRegions: holds the home region: leave it out, a replica is somewhere else"],
    ],
    [
      "a namespace that Kubernetes refuses",
      workspace("namespace: ¦My_Apps"),
      ["workspaces[0].namespace: must be a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens"],
    ],
    [
      "a cluster of no kind",
      workspace("namespace: apps\n    cluster: ¦{}"),
      ["workspaces[0].cluster: exactly one of eksIrsa, eksPodIdentity, gke must be set; none is set"],
    ],
    [
      "a cluster without a namespace",
      workspace("cluster: ¦{ eksPodIdentity: { clusterName: main } }"),
      [
        "workspaces[0].cluster: needs the workspace's namespace, where the ServiceAccounts are that read: add namespace",
      ],
    ],
    [
      "what is about the namespace without one",
      workspace(
        "roles: { admins: [{ arn: 'arn:aws:iam::111122223333:role/leads' }] }\n    subjects: ¦{ viewers: [] }\n    accessEntries: ¦{ clusterName: main }\n    admissionPolicy: ¦true",
      ),
      [
        "workspaces[0].subjects: needs the workspace's namespace, where they have a role: add namespace",
        "workspaces[0].accessEntries: needs the workspace's namespace, where the roles have their rights: add namespace",
        "workspaces[0].admissionPolicy: needs the workspace's namespace, which the policy is for: add namespace",
      ],
    ],
    [
      "access entries of no role",
      workspace("namespace: apps\n    accessEntries: ¦{ clusterName: main }"),
      [
        "workspaces[0].accessEntries: puts the workspace's cloud roles into their Kubernetes groups, and it has none: give somebody a role under roles",
      ],
    ],
    [
      "a subject that stands for everybody",
      workspace("namespace: apps\n    subjects: { viewers: [{ group: ¦system:authenticated }] }"),
      [
        "workspaces[0].subjects.viewers[0].group: begins with system:, as names do that stand for everybody or for parts of the cluster: name your own",
      ],
    ],
    [
      "a cluster's provider of another account",
      workspace(
        "namespace: apps\n    cluster: { eksIrsa: { oidcProviderArn: ¦arn:aws:iam::999900001111:oidc-provider/oidc.example.com } }",
      ),
      [
        `workspaces[0].cluster.eksIrsa.oidcProviderArn: must be a provider of the workspace's account: arn:aws:iam::${accountId}:oidc-provider/ and the cluster's issuer without https://`,
      ],
    ],
    [
      "another workspace's namespace",
      `${head}  - name: development\n    namespace: ¦production\n`,
      ['workspaces[1].namespace: the namespace "production" is that of workspace "production": give each its own'],
    ],
    [
      "no workspaces",
      "organization: AI\nworkspaces: ¦[]\n",
      ["workspaces: is an empty list: add something, or leave it out"],
    ],
  ])("%s", (_, text, expected) => {
    expectProblems(text, expected);
  });
});

describe("organization and cloud", () => {
  const workspaces = "workspaces:\n  - name: a\n  - name: b\n";
  const cloud = `cloud: { aws: { region: us-east-1, accountId: "${accountId}" } }\n`;
  test.each<[string, string, string[]]>([
    [
      "neither",
      workspaces.replace("- name", "- ¦¦name"),
      [
        "workspaces[0]: organization is missing: add organization to the file",
        "workspaces[0]: cloud is missing: add cloud: { aws: { region, accountId } } or cloud: { gcp: { projectId, projectNumber } } to the file",
      ],
    ],
    [
      "a wrong organization, said once",
      `organization: ¦5\n${cloud}${workspaces}`,
      ["organization: must be a text: put it in quotes"],
    ],
    ["an empty organization", `organization:¦\n${cloud}${workspaces}`, ["organization: is missing: it must be a text"]],
    [
      "an unknown key beside it",
      `organization: AI\n${cloud}${workspaces}¦owner: me\n`,
      ["unknown key: the keys here are organization, cloud, auditTrails, workspaces, secrets, bindings"],
    ],
    [
      "an account without quotes",
      `organization: AI\n${cloud.replaceAll('"', "").replace(accountId, `¦${accountId}`)}${workspaces}`,
      ["cloud.aws.accountId: must be a text: put it in quotes"],
    ],
    [
      "a region that AWS has not, said once",
      `organization: AI\n${cloud.replace("us-east-1", "¦us-east-9")}${workspaces}`,
      ['cloud.aws.region: "us-east-9" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws'],
    ],
    [
      "two clouds",
      `organization: AI\ncloud: ¦{ aws: { region: us-east-1, accountId: "${accountId}" }, gcp: { projectId: ai-startup, projectNumber: "123456789012" } }\n${workspaces}`,
      ["cloud: exactly one of aws, gcp must be set; aws and gcp are set"],
    ],
    [
      "another cloud",
      `organization: AI\ncloud: ¦{ ¦azure: {} }\n${workspaces}`,
      ["cloud: exactly one of aws, gcp must be set; none is set", "cloud: unknown key: the keys here are aws, gcp"],
    ],
    [
      "no cloud in it",
      `organization: AI\ncloud: ¦{}\n${workspaces}`,
      ["cloud: exactly one of aws, gcp must be set; none is set"],
    ],
    [
      "given by two documents",
      `organization: AI\n${cloud}---\norganization: ¦AI\n${cloud.replace(": {", ": ¦{")}${workspaces}`,
      [
        "organization: is given by two documents of the file: keep one",
        "cloud: is given by two documents of the file: keep one",
      ],
    ],
    ["a document that is a text", `¦${canary}`, ["must be a set of keys and values"]],
    ["a document that is a list", `¦- ${canary}`, ["must be a set of keys and values"]],
  ])("%s", (_, text, expected) => {
    expectProblems(text, expected);
  });
});

describe("bindings", () => {
  const declared = secrets(
    secret("openai"),
    secret("postgres", "fields: { url: u, password: p }"),
    secret("later", "type: generic"),
  );
  const binding = (...lines: string[]) =>
    `${declared}bindings:\n  - name: agent\n    workspace: production\n    delivery: native\n${lines.map((line) => `    ${line}\n`).join("")}`;
  const env = (reference: string, name = "A") => `env: [{ name: ${name}, valueFrom: { secretKeyRef: ${reference} } }]`;
  const volumes = (source: string) => `volumes: [{ name: v, secret: ${source} }]`;
  const mounted = "volumeMounts: [{ name: v, mountPath: /etc/v }]";
  test.each<[string, string, string[]]>([
    [
      "nothing",
      binding("kind: agent").replace("- name: agent", "- ¦name: agent"),
      ["bindings[0]: binds nothing: give it env, volumes or another of what it can bind"],
    ],
    ["an empty list", binding("env: ¦[]"), ["bindings[0].env: is an empty list: add something, or leave it out"]],
    [
      "a kind that is none",
      binding("kind: ¦robot", env("{ name: openai }")),
      ["bindings[0].kind: must be one of agent, model, data-source, tool, application"],
    ],
    [
      "an unknown secret",
      binding(env("{ name: ¦opnai }")),
      [
        'bindings[0].env[0].valueFrom.secretKeyRef.name: there is no secret "opnai" in workspace "production": declare it, or take one of openai, postgres, later',
      ],
    ],
    [
      "a field of a secret without fields",
      binding(env("{ name: openai, key: ¦url }")),
      [
        'bindings[0].env[0].valueFrom.secretKeyRef.key: secret "openai" is one value and has no field "url": its only key is value',
      ],
    ],
    [
      "fields without a field",
      binding(env("{ name: ¦postgres }")),
      [
        'bindings[0].env[0].valueFrom.secretKeyRef.name: secret "postgres" is made of fields: choose one of password, url as key',
      ],
    ],
    [
      "an unknown field",
      binding(env("{ name: postgres, key: ¦port }")),
      ['bindings[0].env[0].valueFrom.secretKeyRef.key: secret "postgres" has no field "port": it has password, url'],
    ],
    [
      "a secret without a value",
      binding(env("{ name: ¦later }")),
      [
        'bindings[0].env[0].valueFrom.secretKeyRef.name: secret "later" has no value in this file: give it one to deliver it',
      ],
    ],
    [
      "a variable that no shell takes",
      binding(env("{ name: openai }", "¦1A")),
      [
        "bindings[0].env[0].name: an environment variable's name must be letters, digits and underscores, not beginning with a digit",
      ],
    ],
    [
      "a literal in env",
      binding(`env: [¦{ name: A, ¦value: ${canary} }]`),
      [
        "bindings[0].env[0].valueFrom: is missing: it must be a set of keys and values",
        "bindings[0].env[0]: unknown key: the keys here are name, valueFrom",
      ],
    ],
    [
      "a variable twice",
      binding(
        "env:",
        "  - { name: A, valueFrom: { secretKeyRef: { name: openai } } }",
        "  - { name: ¦A, valueFrom: { secretKeyRef: { name: openai } } }",
      ),
      ['bindings[0].env[1].name: "A" is here twice: keep one'],
    ],
    [
      "a volume that is mounted nowhere",
      binding(volumes("{ secretName: openai }").replace("name: v", "name: ¦v")),
      ['bindings[0].volumes[0].name: "v" is mounted nowhere: add it to volumeMounts'],
    ],
    [
      "a mount without a volume",
      binding(env("{ name: openai }"), mounted.replace("name: v", "name: ¦v")),
      ['bindings[0].volumeMounts[0].name: there is no volume "v" in this binding: add it to volumes'],
    ],
    [
      "a mount, and nothing else",
      binding("volumeMounts: [{ name: ¦v, mountPath: /etc/v }]"),
      ['bindings[0].volumeMounts[0].name: there is no volume "v" in this binding: add it to volumes'],
    ],
    [
      "a workspace without a cluster",
      binding(env("{ name: openai }")).replace("delivery: native", "delivery: ¦external-secrets"),
      [
        'bindings[0].delivery: "external-secrets" reads with an identity of the cluster, and the workspace names none: set its cluster, or delivery: "native"',
      ],
    ],
    [
      "a reader without a cluster",
      binding("secrets: ¦[openai]"),
      [
        "bindings[0].secrets: are read at run time by an identity of the cluster, and the workspace names none: set its cluster, or reader",
      ],
    ],
    [
      "a relative directory",
      binding(volumes("{ secretName: openai }"), "volumeMounts: [{ name: v, mountPath: ¦etc }]"),
      ["bindings[0].volumeMounts[0].mountPath: a directory must be an absolute path without a colon, and not the root"],
    ],
    [
      "a directory that is written to",
      binding(volumes("{ secretName: openai }"), "volumeMounts: [{ name: v, mountPath: /etc/v, readOnly: ¦false }]"),
      ["bindings[0].volumeMounts[0].readOnly: must be true: secrets are never written to"],
    ],
    [
      "an unknown secret as a volume",
      binding(volumes("{ secretName: ¦opnai }"), mounted),
      [
        'bindings[0].volumes[0].secret.secretName: there is no secret "opnai" in workspace "production": declare it, or take one of openai, postgres, later',
      ],
    ],
    [
      "an unknown field as a file",
      binding(volumes("{ secretName: postgres, items: [{ key: ¦port, path: p }] }"), mounted),
      ['bindings[0].volumes[0].secret.items[0].key: secret "postgres" has no field "port": it has password, url'],
    ],
    [
      "a file outside of its directory",
      binding(volumes("{ secretName: postgres, items: [{ key: url, path: ¦../p }] }"), mounted),
      ["bindings[0].volumes[0].secret.items[0].path: a file's name must be relative and stay in its directory"],
    ],
    [
      "a file twice",
      binding(
        volumes("{ secretName: postgres, items: [{ key: url, path: p }, { key: password, path: ¦p }] }"),
        mounted,
      ),
      ['bindings[0].volumes[0].secret.items[1].path: "p" is here twice: keep one'],
    ],
    [
      "no files",
      binding(volumes("{ secretName: postgres, items: ¦[] }"), mounted),
      ["bindings[0].volumes[0].secret.items: is an empty list: add something, or leave it out"],
    ],
    [
      "a volume of another kind",
      binding("volumes: [¦{ name: v, ¦emptyDir: {} }]", mounted),
      [
        "bindings[0].volumes[0].secret: is missing: it must be a set of keys and values",
        "bindings[0].volumes[0]: unknown key: the keys here are name, secret",
      ],
    ],
  ])("%s", (_, text, expected) => {
    expectProblems(text, expected);
  });
});

test.each([
  [300, []],
  [301, ["bindings[0]: binds 301 secrets; one identity reads at most 300: make it several bindings"]],
])("with a cluster, a binding of %i secrets", (count, expected) => {
  const names = Array.from({ length: count }, (_, index) => `s${index}`);
  const clustered = head.replace(
    "- name: production",
    "- name: production\n    namespace: apps\n    cluster: { eksPodIdentity: { clusterName: main } }",
  );
  const env = names.map((name) => `      - { name: ${name}, valueFrom: { secretKeyRef: { name: ${name} } } }\n`);
  const text = `${clustered}secrets:\n${names.map((name) => secret(name)).join("")}bindings:
  - ${expected.length === 0 ? "" : "¦"}name: agent
    workspace: production
    delivery: native
    env:
${env.join("")}`;
  expectProblems(text, expected);
});

test("all problems are reported together, in the order of the file", () => {
  const text = `organization: ¦5
cloud: { aws: { region: us-east-1, accountId: ¦1 } }
workspaces:
  - name: ¦Production
secrets:
  - { name: a, workspace: production, value: ¦5 }
  - { name: b, workspace: production, ¦typ: x }
bindings:
  - name: agent
    workspace: production
    env: [{ name: A, valueFrom: { secretKeyRef: { name: ¦c } } }]
`;
  expectProblems(text, [
    "organization: must be a text: put it in quotes",
    "cloud.aws.accountId: must be a text: put it in quotes",
    `workspaces[0].name: ${workspaceRule}`,
    "secrets[0].value: must be a text: put it in quotes",
    "secrets[1].typ: unknown key: did you mean type?",
    'bindings[0].env[0].valueFrom.secretKeyRef.name: there is no secret "c" in workspace "production": ' +
      "declare it, or take one of a, b",
  ]);
});

describe("configuration", () => {
  const text = secrets(secret("a", "value: ¦{ config: openai }"), secret("b", "fields: { url: ¦{ config: url } }"));
  const value = (fault: string) =>
    `secrets[0].value: configuration key "openai" ${fault}: run pulumi config set --secret openai`;
  const url = 'secrets[1].fields.url: configuration key "url" is not set: run pulumi config set --secret url';
  test.each<[string, Record<string, string>, string[]]>([
    ["both set", { openai: "x", url: "y" }, []],
    ["both missing", {}, [value("is not set"), url]],
    ["one empty", { openai: "", url: "y" }, [value("is empty")]],
  ])("%s", (_, keys, expected) => {
    expectProblems(text, expected, settings({}, keys));
  });

  test("an empty key's name, and one that is more than a name", () => {
    const wrong = secrets(secret("a", 'value: ¦{ config: "" }'), secret("b", "value: ¦{ config: a, secret: b }"));
    expectProblems(
      wrong,
      [0, 1].map((index) => `secrets[${index}].value: must be a text in quotes, or { config: KEY }`),
    );
  });
});

/** Word for word from the product page. */
const pageSecret = `# Example secret configuration
name: "openai-api-key"
type: "api-token"
value: "sk-proj-..."
description: "OpenAI API key for GPT-4 models"
workspace: "production"
`;
const pageEnv = `env:
  - name: OPENAI_API_KEY
    valueFrom:
      secretKeyRef:
        name: openai-api-key

  - name: DATABASE_URL
    valueFrom:
      secretKeyRef:
        name: postgres-connection
`;
const pageVolumes = `volumes:
  - name: api-credentials
    secret:
      secretName: service-account-key
volumeMounts:
  - name: api-credentials
    mountPath: /etc/secrets
    readOnly: true
`;
/** The product page's words, delivered by what is the default. */
const cluster = { eksIrsa: { oidcProviderArn: `arn:aws:iam::${accountId}:oidc-provider/k3s.example.com` } };
const pageBinding = `name: support-agent\nworkspace: production\n${pageEnv}${pageVolumes}`;
const others = ["postgres-connection", "service-account-key"].map(
  (name) => `---\nname: ${name}\nworkspace: production\nvalue: ${name}\n`,
);

describe("a document of its own", () => {
  const openai = {
    entry: {
      name: "openai-api-key",
      type: "api-token",
      value: "sk-proj-...",
      description: "OpenAI API key for GPT-4 models",
      workspace: "production",
    },
    content: { value: "sk-proj-..." },
  };

  const place = { cloud: "aws", ...elsewhere.aws };

  test("the product page's secret, for a workspace of another stack", () => {
    expect(load(pageSecret, settings(elsewhere))).toEqual({
      auditTrails: [],
      workspaces: [{ name: "production", organization: "AI Startup", place, declared: undefined }],
      secrets: [openai],
      bindings: [],
      warnings: [`${file(pageSecret)}:4:8: ${inFile}`],
    });
  });

  test("the same after a document that declares the workspace", () => {
    const { workspaces, secrets: loaded } = load(`${head}---\n${pageSecret}`);
    expect(workspaces).toEqual([
      { name: "production", organization: "AI Startup", place, declared: { name: "production" } },
    ]);
    expect(loaded).toEqual([openai]);
  });

  const orRefer = "add a document with organization, cloud and workspaces, or refer to an existing one:";
  const setOrganization = "pulumi config set organization NAME";
  const setPlace =
    "pulumi config set --path aws.region REGION && pulumi config set --path aws.accountId ACCOUNT (on Google Cloud gcp.projectId and gcp.projectNumber in place of aws)";
  test.each<[string, Partial<Settings>, string]>([
    ["both", {}, `${setOrganization} && ${setPlace}`],
    ["the place", { organization: "AI" }, setPlace],
    ["the organization", { aws: elsewhere.aws }, setOrganization],
  ])("without such a workspace, one line says what to set or add: %s", (_, given, commands) => {
    expect(problems(pageSecret, settings(given))).toEqual([
      `6:12: workspace: "production" is not declared in this file: ${orRefer} ${commands}`,
    ]);
  });

  test("the product page's snippets in a binding", () => {
    const text = `${pageSecret}${others.join("")}---\n${pageBinding}`;
    expect(load(text, settings({ ...elsewhere, cluster })).bindings.map(({ references }) => references)).toEqual([
      {
        env: { OPENAI_API_KEY: { secret: "openai-api-key" }, DATABASE_URL: { secret: "postgres-connection" } },
        files: { "/etc/secrets": { items: { value: { secret: "service-account-key" } } } },
      },
    ]);
  });

  test.each([
    ["¦type: api-token\nvalue: x\nworkspace: production\n", ["name: is missing: it must be a text"]],
    [
      "¦¦nam: a\nvalue: x\nworkspace: production\n",
      ["name: is missing: it must be a text", "nam: unknown key: did you mean name?"],
    ],
    ["¦name: a\nvalue: x\n", ["workspace: is missing: it must be a text"]],
    ["name: a\nworkspace: production\nenv: ¦x\n", ["env: must be a list"]],
  ])("its problems are those of a secret or binding, not of a list: %j", (text, expected) => {
    expectProblems(text, expected, settings(elsewhere));
  });
});

describe("references", () => {
  const declared = secrets(secret("one"), secret("set", "fields: { value: v, url: u }"));
  const references = (rest: string) =>
    load(`${declared}bindings:\n  - name: agent\n    workspace: production\n    delivery: native\n${rest}`).bindings[0]
      ?.references;

  test("a field may be called as the default key is", () => {
    const env = ["value", "url"].map(
      (key) => `      - { name: ${key.toUpperCase()}, valueFrom: { secretKeyRef: { name: set, key: ${key} } } }\n`,
    );
    expect(references(`    env:\n${env.join("")}`)?.env).toEqual({
      VALUE: { secret: "set", field: "value" },
      URL: { secret: "set", field: "url" },
    });
  });

  test("a volume holds every key as a file, or what items say", () => {
    const volumes = [
      "{ name: a, secret: { secretName: one } }",
      "{ name: b, secret: { secretName: set } }",
      "{ name: c, secret: { secretName: set, items: [{ key: url, path: db/url }] } }",
    ].map((volume) => `      - ${volume}\n`);
    const mounts = ["a", "b", "c"].map((name) => `      - { name: ${name}, mountPath: /${name} }\n`);
    expect(references(`    volumes:\n${volumes.join("")}    volumeMounts:\n${mounts.join("")}`)).toEqual({
      env: {},
      files: {
        "/a": { items: { value: { secret: "one" } } },
        "/b": { items: { value: { secret: "set", field: "value" }, url: { secret: "set", field: "url" } } },
        "/c": { items: { "db/url": { secret: "set", field: "url" } } },
      },
    });
  });
});

describe("a stack that provisions some of the workspaces", () => {
  const text = `${head}  - name: development\nsecrets:\n${secret("a", "value: { config: live }")}  - { name: b, workspace: development, value: { config: test } }\n`;

  test("needs the configuration of those only", () => {
    const { workspaces, secrets: loaded } = load(text, settings({ workspaces: ["development"] }, { test: "x" }));
    expect(workspaces.map(({ name }) => name)).toEqual(["development"]);
    expect(loaded.map(({ entry }) => entry.name)).toEqual(["b"]);
  });

  test("is told where it selects what isn't there, instead of deleting the rest", () => {
    expect(() => load(text, settings({ workspaces: ["developmet"] }))).toThrow(
      `stack configuration: workspaces: there is no workspace "developmet" in ${file(text)}: it has production, development`,
    );
  });
});

test("a region of the stack's configuration is checked too", () => {
  const aws = { region: "us-esat-1", accountId };
  expect(() => load(pageSecret, settings({ ...elsewhere, aws }))).toThrow(
    'stack configuration: aws.region: "us-esat-1" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws',
  );
});

test("literals are told by place, configured values that are secret not", () => {
  const { text, places } = marked(
    secrets(
      secret("a", "value: ¦x"),
      secret("b", "fields: { c: { config: k }, d: ¦y }"),
      secret("e", "value: { config: k }"),
    ),
  );
  expect(load(text, settings({}, { k: "v" })).warnings).toEqual(
    places.map((place) => `${file(text)}:${place}: ${inFile}`),
  );
});

test("configured values that are in clear are told with the command that mends it", () => {
  const { text, places } = marked(
    secrets(secret("a", "value: ¦{ config: k }"), secret("b", "fields: { c: ¦{ config: k }, d: { config: l } }")),
  );
  const given = settings({ isInClear: (key) => key === "k" }, { k: canary, l: canary });
  const { warnings } = load(text, given);
  expect(warnings).toEqual(
    places.map(
      (place) =>
        `${file(text)}:${place}: configuration key "k" stands in the stack's configuration in clear: run pulumi config set --secret k`,
    ),
  );
  expect(warnings.join()).not.toContain(canary);
});

const atEnd = (style: string) =>
  `the value ends in a line break, which is stored with it: write ${style}- to leave it out, or ${style}+ to keep it`;

test.each<[string, string[]]>([
  ["|\n      sk-1\n", [atEnd("|")]],
  [">\n      sk-1\n      sk-2\n", [atEnd(">")]],
  ["| # why\n      two\n      lines\n", [atEnd("|")]],
  ["|2\n        indented\n", [atEnd("|")]],
  ["&anchor |\n      sk-1\n", [atEnd("|")]],
  ["|-\n      sk-1\n", []],
  ["|+\n      -----BEGIN PRIVATE KEY-----\n", []],
  ["|2+\n      text\n", []],
  ['"in quotes\\n"', []],
  ["plain", []],
])("a block text that ends in a line break is told: value: %j", (value, expected) => {
  const text = `${head}secrets:\n  - name: a\n    workspace: production\n    value: ${value}\n`;
  const place = `${file(text)}:8:${value.startsWith("&") ? 20 : 12}`;
  expect(load(text).warnings).toEqual([inFile, ...expected].map((message) => `${place}: ${message}`));
});

test("so is the block text of a field", () => {
  const fields = "fields:\n      key: |\n        sk-1\n      other: b\n";
  const text = `${head}secrets:\n  - name: a\n    workspace: production\n    ${fields}`;
  expect(load(text).warnings).toEqual([
    `${file(text)}:9:12: ${inFile}`,
    `${file(text)}:9:12: ${atEnd("|")}`,
    `${file(text)}:11:14: ${inFile}`,
  ]);
});
