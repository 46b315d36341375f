import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { deployerWith, enforceIam } from "./support/aws";
import { kubernetes } from "./support/kubernetes";
import { Project } from "./support/project";

/** A workspace of its own for each test file: they share one cloud. */
const manifest = (change: (text: string) => string = (text) => text) =>
  change(`organization: Acme
cloud:
  aws: { region: us-east-1, accountId: "111122223333" }
workspaces:
  - name: faults
    namespace: faults
    roles: { owners: [{ arn: "arn:aws:iam::111122223333:role/founders" }] }
secrets:
  - { name: api-key, workspace: faults, value: { config: apiKey }, recoveryWindowInDays: 0 }
`);

const roles = (name: string) => `arn:aws:iam::111122223333:role/vantedge/faults/vantedge-faults-${name}`;

let project: Project;
beforeAll(async () => {
  project = await Project.ofManifest("faults", manifest(), { apiKey: "canary" });
});
afterAll(() => project.end());

describe("a first-day fault ends in one line that says what to do, and nothing is created", () => {
  const unreachable = () => {
    const kubeconfig = readFileSync(process.env.KUBECONFIG as string, "utf8");
    const file = path.join(project.folder, "unreachable");
    writeFileSync(file, kubeconfig.replace(/https:\/\/127\.0\.0\.1:\d+/, "https://127.0.0.1:1"));
    return file;
  };
  const cases: [
    string,
    { change?: (text: string) => string; env?: () => Record<string, string | undefined> },
    string,
  ][] = [
    [
      "no credentials",
      { env: () => ({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }) },
      'no AWS credentials found for AWS account 111122223333: run "aws sso login" or "aws configure", or set AWS_PROFILE',
    ],
    [
      "a wrong account",
      { change: (text) => text.replace("111122223333", "222233334444") },
      "aws.accountId: the credentials are of account 111122223333, not 222233334444: choose the profile or role of that account (AWS_PROFILE, assumeRoleArn), or correct accountId",
    ],
    [
      "a wrong region",
      { change: (text) => text.replace("us-east-1", "us-esat-1") },
      'vantedge.yaml:3:18: cloud.aws.region: "us-esat-1" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws',
    ],
    [
      "no kubeconfig",
      { env: () => ({ KUBECONFIG: "/nonexistent" }) },
      "the kubeconfig can't be read: check KUBECONFIG",
    ],
    [
      "a cluster that can't be reached",
      { env: () => ({ KUBECONFIG: unreachable() }) },
      'the cluster of context "local" can\'t be reached at https://127.0.0.1:1: check the network, or choose another context',
    ],
    [
      "a context that isn't there",
      { change: (text) => text.replace("namespace: faults", "namespace: faults\n    context: staging") },
      'there is no context "staging" in the kubeconfig: it has local',
    ],
    [
      "a namespace that is missing",
      { change: (text) => text.replace("namespace: faults", "namespace: faults\n    createNamespace: false") },
      'the namespace "faults" is missing: run "kubectl create namespace faults", or declare it as namespace of the workspace',
    ],
  ];

  test.each(cases)("%s", async (_, { change, env }, message) => {
    project.write("vantedge.yaml", manifest(change));
    const run = await project.up(env?.());
    expect(run).toMatchObject({ exitCode: 1, errors: [message] });
    expect((await project.export()).resources.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
    expect(run.text).not.toContain("canary");
  });
});

test("a role without a principal is not created, and that is said", async () => {
  project.write("vantedge.yaml", manifest());
  const { text } = await project.up();
  expect(text).toContain(
    'Workspace \\"faults\\": no principal for viewer (list), member (create, list, update, delete), admin (create, list, retrieve, update, delete): not created. Add one under roles.viewers, roles.members, roles.admins to create them.',
  );
  const { resources } = await project.export();
  const made = resources.filter(({ type }) => type === "aws:iam/role:Role").map(({ outputs }) => outputs?.arn);
  expect(made).toEqual([roles("owner")]);
});

test("a permission that the deployer lacks fails at that resource, and up goes on from there once it is given", async () => {
  await project.destroy();
  const deployer = await deployerWith(["kms:*", "secretsmanager:*", "sts:*"]);
  await enforceIam(true);
  try {
    const { exitCode, errors } = await project.up(deployer);
    expect(exitCode).not.toBe(0);
    expect(errors).toContainEqual(
      expect.stringMatching(/creating IAM Role \(vantedge-faults-owner\): .*CreateRole.*403/),
    );
  } finally {
    await enforceIam(false);
  }
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  expect((await kubernetes("GET", "/api/v1/namespaces/faults")).status).toBe(200);
});
