import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { aws, lambdaFunction } from "./support/aws";
import { Project, type Run, root } from "./support/project";
import { requestsDuring } from "./support/requestLog";

const name = "vantedge/full/database";
const functionArn = "arn:aws:lambda:us-east-1:111122223333:function:vantedge-full--rotator";
const rotation = `rotation: { lambdaArn: "${functionArn}", scheduleExpression: "cron(0 4/12 * * ? *)", windowHours: 2 },`;
const lockdown = `lockdown: { deployers: [{ arn: "arn:aws:iam::111122223333:role/ci" }] },`;

/** A workspace with a replica and one secret. */
const program = (settings: string, ofWorkspace = "") => `
const { Secret, Workspace } = require("vantedge-secrets");
const workspace = new Workspace("full", {
  organization: "Acme",
  aws: { region: "us-east-1", accountId: "111122223333", replicaRegions: ["eu-west-1"] },
  roles: { owners: [{ arn: "arn:aws:iam::111122223333:role/founders" }] },
  ${ofWorkspace}
});
const secret = new Secret("database", { workspace: workspace.ref, ${settings} });
exports.versionId = secret.versionId;
`;

let project: Project;
const given = (settings: string, ofWorkspace?: string) => project.write("index.js", program(settings, ofWorkspace));
const described = (region?: string) => aws("secretsmanager", "DescribeSecret", { SecretId: name }, region);
const value = async (region?: string) =>
  (await aws("secretsmanager", "GetSecretValue", { SecretId: name }, region)).SecretString;
const versionId = async () => {
  const { VersionIdsToStages: stages } = (await described()) as { VersionIdsToStages: Record<string, string[]> };
  return Object.keys(stages).find((id) => stages[id]?.includes("AWSCURRENT")) as string;
};
const unchanged = { exitCode: 0, errors: [], steps: [] };
const versionSteps = (run: Run) => run.steps.filter((step) => step.includes("secretVersion"));

beforeAll(async () => {
  await lambdaFunction("vantedge-full--rotator");
  project = await Project.ofProgram("full", program('value: "first"'));
  expect(await project.up()).toMatchObject({ exitCode: 0, errors: [] });
});
afterAll(() => project.end());

test("a secret that somebody puts under another key gets no value, until a refresh has put it back", async () => {
  const { KmsKeyId } = await described();
  await aws("secretsmanager", "UpdateSecret", {
    SecretId: name,
    KmsKeyId: "alias/aws/secretsmanager",
    ClientRequestToken: randomUUID(),
  });
  given('value: "second"');
  const refused = await project.up();
  expect(refused.errors.join()).toContain(
    'Secret "database": somebody has put it under the key aws/secretsmanager, and a value is written under the workspace\'s key ' +
      'only: run "pulumi up --refresh", which puts it back under that',
  );
  expect(await value()).toBe("first");
  await project.refresh();
  expect(await project.up()).toMatchObject({ exitCode: 0, errors: [] });
  expect([(await described()).KmsKeyId, await value()]).toEqual([KmsKeyId, "second"]);
  given('value: "first"');
  expect(await project.up()).toMatchObject({ exitCode: 0, errors: [] });
});

describe("a replica", () => {
  const keyOf = async (region: string) => {
    const { Aliases } = (await aws("kms", "ListAliases", {}, region)) as {
      Aliases: { AliasName: string; TargetKeyId?: string }[];
    };
    return Aliases.find(({ AliasName }) => AliasName === "alias/vantedge-full")?.TargetKeyId;
  };
  const keysIn = async (region: string) =>
    ((await aws("kms", "ListKeys", {}, region)).Keys as { KeyId: string }[]).map(({ KeyId }) => KeyId);

  test("is in its region with a key that is there and nowhere else", async () => {
    expect(await described("eu-west-1")).toMatchObject({ PrimaryRegion: "us-east-1", KmsKeyId: "alias/vantedge-full" });
    expect((await described()).ReplicationStatus).toMatchObject([
      { Region: "eu-west-1", KmsKeyId: "alias/vantedge-full" },
    ]);
    await expect(described("us-west-2")).rejects.toThrow("ResourceNotFoundException");
    expect(await value("eu-west-1")).toBe("first");

    const [home, replica] = [await keyOf("us-east-1"), await keyOf("eu-west-1")];
    expect(await keysIn("us-east-1")).toEqual([home]);
    expect(await keysIn("eu-west-1")).toEqual([replica]);
    expect(await keysIn("us-west-2")).toEqual([]);
    expect(home).not.toBe(replica);
  });

  test("is covered by the documents of the roles, and its key too", async () => {
    const { resources } = await project.export();
    const policies = resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    expect(policies).toHaveLength(2);
    for (const { outputs } of policies) {
      for (const region of ["us-east-1", "eu-west-1"]) {
        expect(outputs?.policy).toContain(`arn:aws:secretsmanager:${region}:111122223333:secret:vantedge/full/*`);
        expect(outputs?.policy).toContain(`arn:aws:kms:${region}:111122223333:key/${await keyOf(region)}`);
      }
    }
  });
});

describe("rotation", () => {
  test("is added to a secret that is there, and rotates nothing", async () => {
    const before = await versionId();
    given(`value: "first", ${rotation}`);
    const run = await project.up();
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(run.steps).toEqual([
      "update vantedge-secrets:index:Secret database",
      "create aws:lambda/permission:Permission database-rotation-permission",
      "create aws:secretsmanager/secretRotation:SecretRotation database-rotation",
    ]);
    expect(await described()).toMatchObject({
      RotationEnabled: true,
      RotationLambdaARN: functionArn,
      RotationRules: { ScheduleExpression: "cron(0 4/12 * * ? *)", Duration: "2h" },
    });
    expect([await versionId(), await value()]).toEqual([before, "first"]);
    expect(await project.up()).toMatchObject(unchanged);
  });

  test("happens, and up changes nothing after it", async () => {
    for (const SecretString of ["rotated", "rotated again"]) {
      await aws("secretsmanager", "PutSecretValue", { SecretId: name, SecretString });
      expect(await project.up()).toMatchObject(unchanged);
    }
    expect(await project.refresh()).toMatchObject({ exitCode: 0, errors: [] });
    expect(await project.up()).toMatchObject(unchanged);
    expect(await value()).toBe("rotated again");
  });

  test("a changed value stops the preview in one line, and nothing is changed", async () => {
    given(`value: "second", ${rotation} description: "changed with it"`);
    const refused =
      'Secret "database": value: has changed: a secret with rotation takes it as its first value only, and rotation ' +
      "replaces it: put the old one back, or set overwriteRotated: true to write it";
    expect(await project.preview()).toMatchObject({ exitCode: 1, errors: [refused] });
    expect(await project.upAfterPreview()).toMatchObject({ exitCode: 1, errors: [refused] });
    expect(await value()).toBe("rotated again");
    expect((await described()).Description).toBeUndefined();
  });

  test("a value that Pulumi no longer knows is not written over the rotated one", async () => {
    const { text } = await project.export();
    const state = JSON.parse(text);
    const isVersion = ({ type }: { type: string }) => type === "aws:secretsmanager/secretVersion:SecretVersion";
    const version = state.deployment.resources.find(isVersion).urn;
    const others = state.deployment.resources.filter((resource: { type: string }) => !isVersion(resource));
    state.deployment.resources = JSON.parse(
      JSON.stringify(others).replaceAll(`"${version}",`, "").replaceAll(`,"${version}"`, ""),
    );
    await project.import(JSON.stringify(state));
    given(`value: "first", ${rotation}`);
    const { exitCode, errors } = await project.preview();
    expect(exitCode).not.toBe(0);
    expect(errors).toContainEqual(
      expect.stringMatching(
        /Secret "database": value: there is one in the cloud: .* set overwriteRotated: true to write it$/,
      ),
    );
    await project.import(text);
    expect(await project.up()).toMatchObject(unchanged);
  });

  test("overwriteRotated writes it, once", async () => {
    given(`value: "second", ${rotation} overwriteRotated: true`);
    expect(versionSteps(await project.up())).toContain(
      "replace aws:secretsmanager/secretVersion:SecretVersion database-version",
    );
    expect(await value()).toBe("second");
    given(`value: "second", ${rotation}`);
    expect(await project.up()).toMatchObject(unchanged);
  });

  test("is refused where there is nothing to rotate, before anything is made", async () => {
    given(`value: "second", ${rotation} }); new Secret("empty", { workspace: workspace.ref, ${rotation}`);
    const { exitCode, errors } = await project.upAfterPreview();
    expect(exitCode).not.toBe(0);
    expect(errors).toContainEqual(
      expect.stringMatching(/Secret "empty": rotation: there is no value to rotate yet: give value or fields, or make/),
    );
    await expect(aws("secretsmanager", "DescribeSecret", { SecretId: "vantedge/full/empty" })).rejects.toThrow(
      "ResourceNotFoundException",
    );
  });

  test("holds in other languages, for a secret of a workspace of another stack", async () => {
    const yaml = (text: string, more = "") => `resources:
  key:
    type: vantedge-secrets:index:Secret
    properties:
      workspace: { name: full, organization: Acme, cloud: aws, region: us-east-1, accountId: "111122223333", replicaRegions: [eu-west-1] }
      value: ${text}
      rotation: { lambdaArn: "${functionArn}", intervalDays: 7 }
      recoveryWindowInDays: 0${more}
`;
    const other = await Project.ofYaml("otherlanguage", yaml("first"));
    const change = (text: string, more = "") =>
      other.write("Pulumi.yaml", `name: otherlanguage\nruntime: yaml\n${yaml(text, more)}`);
    try {
      expect(await other.up()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await other.up()).toMatchObject(unchanged);
      change("second");
      const { exitCode, text, steps } = await other.preview();
      expect(exitCode).not.toBe(0);
      expect(text).toContain('Secret \\"key\\": value: has changed');
      expect(steps.filter((step) => step.includes("aws:"))).toEqual([]);
      change("second", "\n      overwriteRotated: true");
      expect(await other.up()).toMatchObject({ exitCode: 0, errors: [] });
      const { SecretString } = await aws("secretsmanager", "GetSecretValue", { SecretId: "vantedge/full/key" });
      expect(SecretString).toBe("second");
      const replica = await aws("secretsmanager", "DescribeSecret", { SecretId: "vantedge/full/key" }, "eu-west-1");
      expect(replica.KmsKeyId).toBe("alias/vantedge-full");
    } finally {
      change("second");
      await other.end();
    }
  });
});

describe("a pinned version", () => {
  test("that isn't there stops the preview with those that are, and no value is read", async () => {
    given(`pinVersion: "${"0".repeat(32)}"`);
    const { result, requests } = await requestsDuring(() => project.preview());
    expect(result.exitCode).toBe(1);
    expect(result.errors).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Secret "database": pinVersion: ${name} has no such version: take one of .*${await versionId()} \\(AWSCURRENT\\)`,
        ),
      ),
    ]);
    expect(requests.map(({ action }) => action)).not.toContain("GetSecretValue");
  });

  test("is what versionId says, whatever is current, and nothing is written", async () => {
    const before = await versionId();
    await aws("secretsmanager", "PutSecretValue", { SecretId: name, SecretString: "newer" });
    given(`pinVersion: "${before}"`);
    const run = await project.up();
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(await outputs()).toEqual({ versionId: before });
    expect([(await versionId()) === before, await value()]).toEqual([false, "newer"]);
    expect(await project.up()).toMatchObject(unchanged);
  });

  async function outputs(): Promise<unknown> {
    const { resources } = await project.export();
    return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;
  }
});

test("a lockdown is the secret's policy, and up changes nothing after it", async () => {
  given(lockdown);
  expect((await project.up()).steps).toContain("create aws:secretsmanager/secretPolicy:SecretPolicy database-lockdown");
  const { ResourcePolicy } = await aws("secretsmanager", "GetResourcePolicy", { SecretId: name });
  const { Statement } = JSON.parse(ResourcePolicy as string);
  expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(["OnlyReadersRead", "OnlyKeepersChange"]);
  expect(await project.up()).toMatchObject(unchanged);
});

describe("docs/restore.md, after destroy of workspace and secret", () => {
  const page = readFileSync(path.join(root, "docs", "restore.md"), "utf8");
  const commands = [...page.slice(0, page.indexOf("\n## 2.")).matchAll(/^```sh\n(.*?)^```/gms)]
    .map(([, block]) => block)
    .join("\n");

  test("its commands bring the old value back, nothing is written, and up changes nothing more", async () => {
    const { VersionIdsToStages: versions, KmsKeyId: key } = await described();
    const before = await value();
    given("");
    expect(await project.destroy()).toMatchObject({ exitCode: 0, errors: [] });
    await expect(value()).rejects.toThrow("InvalidRequestException");

    expect(commands).toContain("\nNAME=vantedge/production/openai-api-key\n");
    const script = commands.replace("vantedge/production/openai-api-key", name);
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script]);
    const [, printedKey] = /^importKeys: (.*)$/m.exec(stdout) ?? [];
    const [, arn] = /^import: (.*)$/m.exec(stdout) ?? [];
    expect(printedKey).toBe(key);
    expect(await aws("kms", "DescribeKey", { KeyId: key })).toMatchObject({
      KeyMetadata: { Enabled: true, KeyState: "Enabled" },
    });

    given(`import: "${arn}"`, `importKeys: ["${key}"],`);
    const taken = await project.up();
    expect(taken).toMatchObject({ exitCode: 0, errors: [] });
    expect(taken.steps).toContain("import aws:secretsmanager/secret:Secret database");
    expect(taken.steps).toContain("import aws:kms/key:Key full-key");
    given("");
    const mended = await project.up();
    expect(mended).toMatchObject({ exitCode: 0, errors: [] });
    expect(mended.steps.filter((step) => !step.startsWith("update "))).toEqual([]);
    expect(await project.up()).toMatchObject(unchanged);
    expect(await value()).toBe(before);
    expect((await described()).VersionIdsToStages).toEqual(versions);
    expect(await described()).toMatchObject({ ARN: arn, KmsKeyId: key });
  });
});
