import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { aws } from "./support/aws";
import { Project, root } from "./support/project";

/** Names that are not free: all are said in the preview, and the printed commands are run as they stand. */
const names = ["api-key", "database-password", "jwt-secret"];
const manifest = () => `organization: Acme
cloud:
  aws: { region: us-east-1, accountId: "111122223333" }
workspaces:
  - name: taken
    roles: { owners: [{ arn: "arn:aws:iam::111122223333:role/founders" }] }
secrets:
${names.map((name) => `  - { name: ${name}, workspace: taken, value: { config: value } }`).join("\n")}
`;

const idOf = (name: string) => `vantedge/taken/${name}`;
const subject = 'workspace "taken" in us-east-1';
const list = names.join(", ");
const forEach = (command: string) => `for name in ${names.join(" ")}; do ${command}; done`;
const cli = (action: string) => `aws secretsmanager ${action} --region us-east-1 --secret-id vantedge/taken/$name`;
const takeOver = (action: string) =>
  forEach(
    `pulumi config set --plaintext --path "vantedge-secrets:import.taken/$name" "$(${cli(action)} --query ARN --output text)"`,
  );
const deleteForGood = forEach(`${cli("delete-secret")} --force-delete-without-recovery`);
const scheduled = [
  `${subject}: secrets with these names are scheduled for deletion: ${list}`,
  `to delete them for good: ${deleteForGood}`,
  `to restore them (the key of a destroyed workspace comes first: docs/restore.md): ${takeOver("restore-secret")}`,
].join("\n");

let project: Project;
beforeAll(async () => {
  project = await Project.ofManifest("taken", manifest(), { value: "canary" });
});
afterAll(() => project.end());

/** Runs a printed command in the project's folder. */
async function run(command: string): Promise<void> {
  await promisify(execFile)("sh", ["-c", command], { cwd: project.folder });
}

const told = async () => {
  const { exitCode, errors, text } = await project.preview();
  expect(text).not.toMatch(/canary| at .*\.[jt]s:\d/);
  return { exitCode, errors };
};

describe("secrets of somebody else", () => {
  test("are told all at once", async () => {
    for (const name of names) {
      await aws("secretsmanager", "CreateSecret", { Name: idOf(name), SecretString: "somebody else's" });
    }
    expect(await told()).toEqual({
      exitCode: 1,
      errors: [
        [
          `${subject}: there are secrets with these names: ${list}`,
          `choose other names, or take the secrets over: ${takeOver("describe-secret")}`,
        ].join("\n"),
      ],
    });
  });

  test("are not touched without a preview either", async () => {
    const { exitCode, errors } = await project.up();
    expect(exitCode).toBe(1);
    for (const error of errors)
      expect(error).toMatch(/^before hook .*: pulumi preview says what to do$|^update failed$/);
    for (const name of names) await expect(value(name)).resolves.toBe("somebody else's");
    await project.destroy();
  });
});

describe("secrets that are scheduled for deletion", () => {
  test("are told all at once", async () => {
    for (const name of names) await aws("secretsmanager", "DeleteSecret", { SecretId: idOf(name) });
    expect(await told()).toEqual({ exitCode: 1, errors: [scheduled] });
  });

  test("are restored and taken over by one command", async () => {
    await run(takeOver("restore-secret"));
    const taken = await project.up();
    expect(taken).toMatchObject({ exitCode: 0, errors: [] });
    const imports = names.map((name) => `import aws:secretsmanager/secret:Secret taken--${name}`);
    expect(taken.steps).toEqual(expect.arrayContaining(imports));
    await run("pulumi config rm vantedge-secrets:import");
    const mended = await project.up();
    expect(mended.exitCode).toBe(0);
    expect(mended.steps.sort()).toEqual(names.map((name) => `update aws:secretsmanager/secret:Secret taken--${name}`));
    await expect(project.up()).resolves.toMatchObject({ exitCode: 0, steps: [] });
    for (const name of names) await expect(value(name)).resolves.toBe("canary");
  });

  test("are gone for good by the other", async () => {
    await expect(project.destroy()).resolves.toMatchObject({ exitCode: 0 });
    expect(await told()).toEqual({ exitCode: 1, errors: [scheduled] });
    await run(deleteForGood);
    await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  });
});

test("docs/restore.md has both commands", () => {
  const page = readFileSync(path.join(root, "docs", "restore.md"), "utf8");
  const ofPage = (command: string) =>
    command.replace(names.join(" "), "api-key database-password").replaceAll("taken/", "production/");
  expect(page).toContain(ofPage(takeOver("restore-secret")));
  expect(page).toContain(ofPage(deleteForGood));
});

describe("a workspace that another stack has made", () => {
  const what =
    'workspace "taken" is there already in account 111122223333: key alias/vantedge-taken in us-east-1, role vantedge-taken-owner';
  const mend =
    "where another stack makes it, refer to it with workspaceRef; where this one made it under another resource name, give " +
    "that in aliases; else choose another workspaceName (another prefix alone keeps alias and roles the same)";

  test("is told in the preview of a second one, and its secrets are not offered", async () => {
    const second = await Project.ofManifest("second", manifest(), { value: "canary" });
    const preview = await second.preview();
    expect(preview).toMatchObject({ exitCode: 1, errors: [`${what}\n${mend}`] });
    await second.forget();
  });

  test("is told in a YAML program too", async () => {
    const yaml = await Project.ofYaml(
      "yaml-second",
      `resources:
  taken:
    type: vantedge-secrets:Workspace
    properties: { organization: A, aws: { region: us-east-1, accountId: "111122223333" } }
`,
    );
    const { exitCode, errors } = await yaml.preview();
    expect(exitCode).not.toBe(0);
    expect(errors).toContainEqual(
      expect.stringContaining(
        'workspace "taken" is there already in account 111122223333: key alias/vantedge-taken in us-east-1; where another',
      ),
    );
    await yaml.forget();
  });
});

async function value(name: string): Promise<unknown> {
  return (await aws("secretsmanager", "GetSecretValue", { SecretId: idOf(name) })).SecretString;
}
