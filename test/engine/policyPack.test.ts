import path from "node:path";
import { aws } from "./support/aws";
import { Project, root } from "./support/project";

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
