import { deployerWith, enforceIam } from "./support/aws";
import { Project, root } from "./support/project";

/** Programs, where a manifest's checks before the first resource are not: what is wrong is one line all the same. */
const head = `
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
const { AuditTrail, DeploymentBinding, Secret, Workspace, workspaceRef } = require(${JSON.stringify(root)});
const aws1 = { region: "us-east-1", accountId: process.env.TEST_ACCOUNT || "111122223333" };
const owners = [{ arn: "arn:aws:iam::" + aws1.accountId + ":role/founders" }];
`;

const programs = {
  "a Workspace": `
new Workspace("faults", { organization: "A", aws: aws1, roles: { owners }, kubernetes: { namespace: "program-faults" } });`,
  "Secrets of another stack's workspace": `
const workspace = workspaceRef({ name: "faults", organization: "A", cloud: "aws", ...aws1 });
for (const name of ["a", "b", "c"]) new Secret(name, { workspace, value: pulumi.secret("canary") });`,
  "an AuditTrail": `
new AuditTrail("audit", { organization: "A", aws: aws1, workspaces: [{ name: "faults" }] });`,
  "a DeploymentBinding": `
const workspace = workspaceRef({ name: "faults", organization: "A", cloud: "aws", ...aws1,
  cluster: { eksIrsa: { oidcProviderArn: "arn:aws:iam::" + aws1.accountId + ":oidc-provider/oidc.example.com" } } });
new DeploymentBinding("agent", { workspace, env: { A: { secret: "a" } } });`,
  "all of them": `
const { ref: auditTrail } = new AuditTrail("audit", { organization: "A", aws: aws1, workspaces: [{ name: "faults" }] });
const cluster = { eksIrsa: { oidcProviderArn: "arn:aws:iam::" + aws1.accountId + ":oidc-provider/oidc.example.com" } };
const { ref: workspace } = new Workspace("faults", { organization: "A", aws: aws1, roles: { owners }, auditTrail,
  kubernetes: { namespace: "program-faults", cluster } });
const secret = new Secret("a", { workspace, value: pulumi.secret("canary") });
new DeploymentBinding("agent", { workspace, env: { A: { secret: "a" } } }, { dependsOn: [secret] });`,
};
const explicit = `
const provider = new aws.Provider("own", { region: "us-east-1" });
const workspace = workspaceRef({ name: "faults", organization: "A", cloud: "aws", ...aws1 });
for (const name of ["a", "b", "c"]) new Secret(name, { workspace, value: pulumi.secret("canary") }, { provider });`;

const none =
  'no AWS credentials found for AWS account 111122223333: run "aws sso login" or "aws configure", or set AWS_PROFILE';
const faults: [string, Record<string, string | undefined>, string][] = [
  ["no credentials", { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }, none],
  [
    "a wrong account",
    { TEST_ACCOUNT: "222233334444" },
    "aws.accountId: the credentials are of account 111122223333, not 222233334444: choose the profile or role of that " +
      "account (AWS_PROFILE, assumeRoleArn), or correct accountId",
  ],
  [
    "nobody there",
    { AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
    "AWS can't be reached in us-east-1 (ECONNREFUSED): check the region, the network and AWS_ENDPOINT_URL",
  ],
];

let project: Project;
beforeAll(async () => {
  project = await Project.ofProgram("program-faults", head);
});
afterAll(() => project.end());

/** Neither a value nor a stack frame. */
const unclean = /canary| at .*\.[jt]s:\d/;
const noCredentials = faults[0]?.[1];

test.each(Object.entries(programs))("%s without credentials", async (_, program) => {
  project.write("index.js", head + program);
  const preview = await project.preview(noCredentials);
  expect(preview).toMatchObject({ exitCode: 1, errors: [none] });
  expect(preview.text).not.toMatch(unclean);
});

test.each(faults)("%s, once for all components, and up makes nothing", async (_, env, message) => {
  project.write("index.js", head + programs["all of them"]);
  const up = await project.up(env);
  expect(up).toMatchObject({ exitCode: 1, errors: [message] });
  expect(up.steps.filter((step) => !/ (vantedge-secrets:|pulumi:pulumi:Stack)/.test(step))).toEqual([]);
  expect(up.text).not.toMatch(unclean);
});

test.each([
  ["no credentials", noCredentials, none],
  ["a wrong account", faults[1]?.[1], faults[1]?.[2]],
  [
    "nobody there",
    faults[2]?.[1],
    "AWS can't be reached in us-east-1 (connection refused): check the region, the network and AWS_ENDPOINT_URL",
  ],
])("with an explicit provider, %s", async (_, env, message) => {
  project.write("index.js", head + explicit);
  const preview = await project.preview(env);
  expect(preview).toMatchObject({ exitCode: 1, errors: [message] });
  expect(preview.text).not.toMatch(unclean);
});

test("in a YAML program, the component that waits is named too", async () => {
  const yaml = await Project.ofYaml(
    "yaml-faults",
    `resources:
  faults:
    type: vantedge-secrets:Workspace
    properties: { organization: A, aws: { region: us-east-1, accountId: "111122223333" } }
`,
  );
  const preview = await yaml.preview(noCredentials);
  expect(preview.exitCode).not.toBe(0);
  expect(preview.errors).toEqual([`vantedge-secrets:index:Workspace resource 'faults' has a problem: ${none}`]);
  expect(preview.text).not.toMatch(unclean);
  await yaml.end();
});

/** A program that stops in its preview, and the line that says why. */
const wrong: [string, string, string][] = [
  [
    "a workspace that is not there, for all that refer to it",
    programs["Secrets of another stack's workspace"].replace('"faults"', '"ghost"'),
    'workspace "ghost": account 111122223333 has none of this name in us-east-1 (no key alias/vantedge-ghost): ' +
      "correct the reference, or make the workspace first",
  ],
  [
    "two workspaces of one name",
    `
for (const name of ["one", "two"]) new Workspace(name, { organization: "A", aws: aws1, workspaceName: "faults" });`,
    'Workspace "two": workspaceName: "faults" is another workspace of this program in account 111122223333: give each its own name',
  ],
  [
    "a rotation function that is not there",
    `
const { ref: workspace } = new Workspace("faults", { organization: "A", aws: aws1, rotator: true });
const lambdaArn = "arn:aws:lambda:us-east-1:111122223333:function:vantedge-faults--none";
new Secret("a", { workspace, value: pulumi.secret("canary"), rotation: { lambdaArn, intervalDays: 30 } });`,
    'Secret "a": rotation.lambdaArn: there is no function arn:aws:lambda:us-east-1:111122223333:function:vantedge-faults--none: ' +
      "make it first. It runs as the role rotatorRoleArn of the workspace, which a first pulumi up without rotation makes",
  ],
  [
    "a component in place of its reference",
    `
const faults = new Workspace("faults", { organization: "A", aws: aws1 });
new Secret("a", { workspace: faults });`,
    'Secret "a": workspace: is the component itself: write faults.ref',
  ],
];

test.each(wrong)("%s", async (_, program, message) => {
  project.write("index.js", head + program);
  const preview = await project.preview();
  expect(preview).toMatchObject({ exitCode: 1, errors: [message] });
  expect(preview.text).not.toMatch(unclean);
});

test("a right that a look-up needs is named", async () => {
  const deployer = await deployerWith(["secretsmanager:*", "sts:*"]);
  project.write("index.js", head + programs["Secrets of another stack's workspace"]);
  await enforceIam(true);
  try {
    const preview = await project.preview(deployer);
    expect(preview).toMatchObject({
      exitCode: 1,
      errors: ['workspace "faults": the credentials may not do kms:DescribeKey: allow it to whoever runs pulumi up'],
    });
    expect(preview.text).not.toMatch(unclean);
  } finally {
    await enforceIam(false);
  }
});

test("a value that the stack's configuration has in clear is told, in a program and in a manifest", async () => {
  await project.configure("plain", "canary-in-clear", ["--plaintext"]);
  project.write(
    "index.js",
    `${head}
const workspace = workspaceRef({ name: "faults", organization: "A", cloud: "aws", ...aws1, keyArn: "arn:aws:kms:us-east-1:111122223333:key/1" });
new Secret("a", { workspace, value: new pulumi.Config().require("plain") });`,
  );
  const preview = await project.preview();
  expect(preview).toMatchObject({
    exitCode: 0,
    warnings: [
      'Secret "a": value: is that of configuration key "plain", which stands in the stack\'s configuration in clear: run pulumi config set --secret plain',
    ],
  });

  const manifest = await Project.ofManifest(
    "clear",
    `organization: A
cloud: { aws: { region: us-east-1, accountId: "111122223333" } }
workspaces: [{ name: clear }]
secrets:
  - { name: a, workspace: clear, value: { config: plain } }
  - { name: b, workspace: clear, value: { config: hidden } }
`,
    { hidden: "canary" },
  );
  await manifest.configure("plain", "canary-in-clear", ["--plaintext"]);
  await expect(manifest.preview()).resolves.toMatchObject({
    exitCode: 0,
    warnings: [
      'vantedge.yaml:5:41: configuration key "plain" stands in the stack\'s configuration in clear: run pulumi config set --secret plain',
    ],
  });
  await manifest.forget();
});
