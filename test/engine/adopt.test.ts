import { aws } from "./support/aws";
import { Project } from "./support/project";
import { requestsDuring } from "./support/requestLog";

/** As a team has them before: names and a key of their own, no tag of ours. */
const count = 100;
const names = Array.from({ length: count }, (_, index) => `legacy/service-${index}`);

interface Existing {
  secretName: string;
  arn: string;
  keyArn: string;
}

const manifest = (existing: Existing[], importing: boolean) => `organization: Acme
cloud:
  aws: { region: us-east-1, accountId: "111122223333" }
workspaces:
  - name: adopting
    roles:
      members: [{ arn: "arn:aws:iam::111122223333:role/developers" }]
      admins: [{ arn: "arn:aws:iam::111122223333:role/leads" }]
      owners: [{ arn: "arn:aws:iam::111122223333:role/founders" }]
    adopt: ${JSON.stringify(existing)}
secrets:
${existing
  .map(
    ({ secretName, arn }) =>
      `  - { name: ${secretName}, workspace: adopting, recoveryWindowInDays: 0${importing ? `, import: "${arn}"` : ""} }`,
  )
  .join("\n")}
`;

let existing: Existing[];
let project: Project;
const before: unknown[] = [];

beforeAll(async () => {
  const { KeyMetadata } = await aws("kms", "CreateKey", { Description: "before us" });
  const keyArn = (KeyMetadata as { Arn: string }).Arn;
  existing = [];
  for (const [index, Name] of names.entries()) {
    const made = await aws("secretsmanager", "CreateSecret", {
      Name,
      KmsKeyId: keyArn,
      SecretString: `canary-${index}`,
      Tags: [{ Key: "team", Value: "before" }],
    });
    existing.push({ secretName: `service-${index}`, arn: made.ARN as string, keyArn });
  }
  before.push(...(await Promise.all(existing.map(versionsOf))));
  project = await Project.ofManifest("adopting", manifest(existing, true));
});
afterAll(() => project.end());

const ofSecrets = (steps: string[]) => steps.filter((step) => step.includes("aws:secretsmanager"));

test("the first run takes 100 secrets over as they are", async () => {
  const { result, requests } = await requestsDuring(() => project.up());
  expect(result).toMatchObject({ exitCode: 0, errors: [] });
  expect(new Set(ofSecrets(result.steps).map((step) => step.split(" ")[0]))).toEqual(new Set(["import"]));
  expect(ofSecrets(result.steps)).toHaveLength(count);
  const actions = requests.map(({ action }) => action);
  for (const action of ["GetSecretValue", "BatchGetSecretValue", "CreateSecret", "PutSecretValue", "UpdateSecret"]) {
    expect(actions).not.toContain(action);
  }
  expect(await Promise.all(existing.map(tagsOf))).toEqual(Array(count).fill({ team: "before" }));
});

test("the second run mends what differs, and replaces nothing", async () => {
  project.write("vantedge.yaml", manifest(existing, false));
  const { result, requests } = await requestsDuring(() => project.up());
  expect(result).toMatchObject({ exitCode: 0, errors: [], changes: { update: count } });
  expect(new Set(result.steps.map((step) => step.split(" ").slice(0, 2).join(" ")))).toEqual(
    new Set(["update aws:secretsmanager/secret:Secret"]),
  );
  expect(requests.map(({ action }) => action)).not.toContain("GetSecretValue");
  expect(await tagsOf(existing[0] as Existing)).toEqual({
    "vantedge-organization": "acme",
    "vantedge-workspace": "adopting",
    "vantedge-type": "generic",
  });
});

test("values, versions and keys are what they were, and a third run changes nothing", async () => {
  expect(await Promise.all(existing.map(versionsOf))).toEqual(before);
  const { SecretString } = await aws("secretsmanager", "GetSecretValue", { SecretId: (existing[42] as Existing).arn });
  expect(SecretString).toBe("canary-42");
  const { KmsKeyId } = await aws("secretsmanager", "DescribeSecret", { SecretId: (existing[42] as Existing).arn });
  expect(KmsKeyId).toBe((existing[42] as Existing).keyArn);
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, steps: [] });
});

async function versionsOf({ arn }: Existing): Promise<unknown> {
  return (await aws("secretsmanager", "DescribeSecret", { SecretId: arn })).VersionIdsToStages;
}

async function tagsOf({ arn }: Existing): Promise<Record<string, string>> {
  const { Tags } = await aws("secretsmanager", "DescribeSecret", { SecretId: arn });
  return Object.fromEntries((Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
}
