import path from "node:path";
import { aws } from "./support/aws";
import { Project, root } from "./support/project";
import { requestsDuring } from "./support/requestLog";

const pack = (preset = "") => ["--policy-pack", path.join(root, "policies", preset)];
const canary = "canary-policy-4c2e";

const projects: Project[] = [];
const kept = (project: Project) => {
  projects.push(project);
  return project;
};
afterAll(async () => {
  for (const project of projects) await project.end();
});

test("the quickstart passes strict", async () => {
  const folder = path.join(root, "examples", "quickstart");
  const config = ["openaiApiKey", "databaseUsername", "databasePassword", "databaseUrl", "stripeApiKey"];
  const more = ["openaiDevKey", "testDatabasePassword", "stripeTestKey"];
  const values = Object.fromEntries([...config, ...more].map((key) => [key, `${canary}-${key}`]));
  const project = kept(await Project.ofFolder(folder, "strict", values));
  const preview = await project.preview({}, pack("strict"));
  expect(preview.violations.filter((line) => !line.startsWith("advisory"))).toEqual([]);
  expect(preview).toMatchObject({ exitCode: 0, errors: [] });
  expect(preview.text).not.toContain(canary);
});

test("so does what a manifest declares, with a trail, by the root program", async () => {
  const manifest = `organization: Acme
cloud:
  aws: { region: us-east-1, accountId: "111122223333" }
auditTrails:
  - name: account
workspaces:
  - name: policed
    roles: { admins: [{ arn: "arn:aws:iam::111122223333:role/leads" }] }
secrets:
  - { name: api-key, workspace: policed, value: { config: apiKey }, description: An API }
`;
  const project = kept(await Project.ofManifest("policed", manifest, { apiKey: `${canary}-key` }));
  const preview = await project.preview({}, pack("strict"));
  expect(preview.violations.filter((line) => !line.startsWith("advisory"))).toEqual([]);
  expect(preview).toMatchObject({ exitCode: 0, errors: [] });
  expect(preview.violations.filter((line) => line.includes("vantedge-audit-trail"))).toEqual([]);
});

describe("a remediation", () => {
  const program = `resources:
  orders:
    type: aws:kms:Key
    properties:
      description: { fn::secret: "${canary} in an input" }
      enableKeyRotation: false
      deletionWindowInDays: 7
outputs:
  id: \${orders.keyId}
`;

  test("changes the input, and the state holds no value in clear", async () => {
    const project = kept(await Project.ofYaml("remedy", program));
    project.write("policies.json", JSON.stringify({ "aws-kms-key-rotation": "remediate" }));
    const up = await project.upAfterPreview([...pack(), "--policy-pack-config", "policies.json"]);
    expect(up).toMatchObject({ exitCode: 0, errors: [] });
    expect(up.violations.filter((line) => line.includes("aws-kms-key-rotation"))).toEqual([]);

    const { text, resources } = await project.export();
    const key = resources.find(({ type }) => type === "aws:kms/key:Key");
    const { KeyRotationEnabled } = await aws("kms", "GetKeyRotationStatus", { KeyId: key?.outputs?.keyId });
    expect(KeyRotationEnabled).toBe(true);
    expect(text).not.toContain(canary);
    expect(up.text).not.toContain(canary);
  });
});

/** One broken program for each group of rules, and the rule that stops it. */
const resource = (type: string, properties: object) =>
  `resources:\n  broken:\n    type: ${type}\n    properties: ${JSON.stringify(properties)}\n`;
const everybody = { Effect: "Allow", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const pod = (env: object) => ({
  metadata: { name: "broken", namespace: "default" },
  spec: { containers: [{ name: "main", image: "registry.example.com/main:1.0", env: [env] }] },
});

const broken: Record<string, string> = {
  "aws-secretsmanager-secret-not-public": resource("aws:secretsmanager:Secret", {
    name: "broken",
    policy: document(everybody),
  }),
  "aws-ssm-plaintext-value": resource("aws:ssm:Parameter", { name: "db-password", type: "String", value: canary }),
  "aws-kms-key-not-public": resource("aws:kms:Key", { policy: document({ ...everybody, Action: "kms:*" }) }),
  "aws-cloudtrail-management-events": resource("aws:cloudtrail:Trail", {
    s3BucketName: "logs",
    eventSelectors: [{ readWriteType: "WriteOnly" }],
  }),
  "aws-iam-administrator": resource("aws:iam:Policy", {
    policy: document({ Effect: "Allow", Action: "*", Resource: "*" }),
  }),
  "kubernetes-literal-env": resource("kubernetes:core/v1:Pod", pod({ name: "API_TOKEN", value: canary })),
  "vantedge-literal-metadata": resource("aws:secretsmanager:Secret", {
    name: "broken",
    tags: { password: canary },
  }),
  "gcp-secretmanager-secret-not-public": resource("gcp:secretmanager:SecretIamMember", {
    project: "acme-production",
    secretId: "token",
    role: "roles/secretmanager.secretAccessor",
    member: "allUsers",
  }),
};

describe("a broken program", () => {
  test.each(Object.entries(broken))("is stopped before anything is made: %s", async (rule, program) => {
    const project = kept(await Project.ofYaml(rule, program));
    const { result: up, requests } = await requestsDuring(() => project.upAfterPreview(pack()));
    expect(up.violations.filter((line) => line.startsWith("mandatory")).map((line) => line.split(" ")[1])).toContain(
      rule,
    );
    expect(up.exitCode).not.toBe(0);
    expect(requests.filter(({ action }) => /^(Create|Put|Attach)/.test(action))).toEqual([]);
    expect((await project.export()).resources.filter(({ type }) => !type.startsWith("pulumi:"))).toEqual([]);
    expect(policyTexts(up.text)).not.toContain(canary);
  });

  test("a broad policy on the member role, in the first preview of a workspace", async () => {
    const program = `const { Workspace } = require("vantedge-secrets");
const { RolePolicy } = require("@pulumi/aws/iam");
const statement = { Effect: "Allow", Action: "secretsmanager:*", Resource: "*" };
module.exports = () => {
  const matrix = new Workspace("matrix", {
    organization: "Acme",
    aws: { region: "us-east-1", accountId: "111122223333" },
    roles: { members: [{ arn: "arn:aws:iam::111122223333:role/developers" }] },
  });
  new RolePolicy("extra", {
    role: matrix.roleArns.member.apply((arn) => arn.split("/").at(-1)),
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  });
};
`;
    const project = kept(await Project.ofProgram("matrix", program));
    const { result: up, requests } = await requestsDuring(() => project.upAfterPreview(pack()));
    expect(up.violations).toContain("mandatory role-matrix aws:iam/rolePolicy:RolePolicy extra");
    const stopping = up.violations.filter((line) => line.startsWith("mandatory"));
    expect(new Set(stopping.map((line) => line.split(" ").at(-1)))).toEqual(new Set(["extra"]));
    expect(up.exitCode).not.toBe(0);
    expect(requests.map(({ action }) => action)).not.toContain("CreateRole");
  });
});

/** What policies said, of all that the engine says: it prints inputs too. */
function policyTexts(text: string): string {
  return text
    .split("\n")
    .filter((line) => line.includes('"policyEvent"'))
    .join("\n");
}
