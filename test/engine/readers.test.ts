import { aws, iam } from "./support/aws";
import { kubernetes } from "./support/kubernetes";
import { Project } from "./support/project";

/** Pod Identity is left to the mocks: moto knows no associations. */
const issuer = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
/** With the longest names, a role's own policies have no room for 37 secrets. */
const workspace = "readers".padEnd(32, "x");
const prefix = "vantedge".padEnd(63, "x");
const manifest = (names: string[]) => `organization: Acme
cloud:
  aws: { region: us-east-1, accountId: "111122223333" }
workspaces:
  - name: ${workspace}
    prefix: ${prefix}
    namespace: readers
    cluster: { eksIrsa: { oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/${issuer}" } }
    roles: { owners: [{ arn: "arn:aws:iam::111122223333:role/founders" }] }
secrets:
${names.map((name) => `  - { name: ${name}, workspace: ${workspace}, value: { config: apiKey }, recoveryWindowInDays: 0 }\n`).join("")}bindings:
  - name: agent
    workspace: ${workspace}
    delivery: native
    env:
${names.map((name, index) => `      - { name: V${index}, valueFrom: { secretKeyRef: { name: ${name} } } }\n`).join("")}`;

const few = ["api-key", "jwt-secret"];
const many = [...few, ...Array.from({ length: 35 }, (_, index) => `${100 + index}`.padStart(63, "x"))];
const role = `vantedge-${workspace}--agent`;
const policyArn = (number: number) =>
  `arn:aws:iam::111122223333:policy/vantedge/${workspace}/workload/${role}-${number}`;

let project: Project;
beforeAll(async () => {
  project = await Project.ofManifest("readers", manifest(few), { apiKey: "canary" });
});
afterAll(() => project.end());

test("up makes the role, its policies and the ServiceAccount that takes it", async () => {
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  const trust = await document("GetRole", { RoleName: role }, "AssumeRolePolicyDocument");
  expect(trust.Statement[0]?.Condition).toEqual({
    StringEquals: {
      [`${issuer}:aud`]: "sts.amazonaws.com",
      [`${issuer}:sub`]: "system:serviceaccount:readers:agent-reader",
    },
  });
  const { body } = await kubernetes("GET", "/api/v1/namespaces/readers/serviceaccounts/agent-reader");
  expect(body).toMatchObject({
    metadata: {
      annotations: {
        "eks.amazonaws.com/role-arn": `arn:aws:iam::111122223333:role/vantedge/${workspace}/workload/${role}`,
      },
    },
    automountServiceAccountToken: false,
  });
});

test("it names the secrets as they really are, and the key that encrypts them", async () => {
  const access = await document("GetRolePolicy", { RoleName: role, PolicyName: "access" }, "PolicyDocument");
  const [read, decrypt] = access.Statement as [Statement, Statement];
  for (const [index, name] of few.entries()) {
    const { ARN, KmsKeyId } = await aws("secretsmanager", "DescribeSecret", {
      SecretId: `${prefix}/${workspace}/${name}`,
    });
    const pattern = read.Resource?.[index] as string;
    expect(ARN).toMatch(new RegExp(`^${pattern.replaceAll("?", "[A-Za-z0-9]")}$`));
    expect(decrypt.Resource).toBe(KmsKeyId);
  }
  expect(read.Resource?.length).toBe(few.length);
  expect(await ownPolicies()).toEqual(["access", "isolation"]);
});

test("up again changes nothing, and so does a refresh", async () => {
  const { exitCode, steps, changes } = await project.up();
  expect({ exitCode, steps, changes }).toEqual({ exitCode: 0, steps: [], changes: { same: expect.any(Number) } });
  await expect(project.refresh()).resolves.toMatchObject({ exitCode: 0, errors: [], changes });
});

test("what a role's own policies have no room for is attached, and the role keeps its guard", async () => {
  project.write("vantedge.yaml", manifest(many));
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  expect(await ownPolicies()).toEqual(["isolation"]);
  const attached = await iam("ListAttachedRolePolicies", { RoleName: role });
  expect([...attached.matchAll(/<PolicyArn>([^<]+)/g)].map(([, arn]) => arn).sort()).toEqual([1, 2].map(policyArn));
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, steps: [] });
});

test("destroy leaves nothing", async () => {
  await expect(project.destroy()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  expect(await iam("GetRole", { RoleName: role })).toContain("NoSuchEntity");
  expect(await iam("GetPolicy", { PolicyArn: policyArn(1) })).toContain("NoSuchEntity");
});

interface Statement {
  Resource?: string | string[];
  Condition?: object;
}

async function ownPolicies(): Promise<string[]> {
  const answer = await iam("ListRolePolicies", { RoleName: role });
  return [...answer.matchAll(/<member>([^<]+)/g)].map(([, name]) => name as string).sort();
}

/** A document in an answer of IAM: JSON, encoded as in a URL. */
async function document(
  action: string,
  parameters: Record<string, string>,
  element: string,
): Promise<{ Statement: Statement[] }> {
  const answer = await iam(action, parameters);
  const text = new RegExp(`<${element}>([^<]+)`).exec(answer)?.[1] as string;
  return JSON.parse(decodeURIComponent(text));
}
