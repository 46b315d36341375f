import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { findOnPath } from "../../local/cloud/toolCache";
import { commandsForRest } from "../../local/liveCheck/leftovers";
import { points } from "../../local/liveCheck/points";
import { siteOf } from "../../local/liveCheck/site";
import { aws, deployerWith, enforceIam, iam } from "./support/aws";
import { root } from "./support/project";

/** An account of AWS, as far as moto goes: it lets everybody do everything, so each refusal that we rely on is refuted. */
const folder = mkdtempSync(path.join(os.tmpdir(), "vantedge-live-"));
/** The run's own folder for temporary files. */
const temporary = path.join(folder, "tmp");
const credentials = path.join(folder, "credentials");

beforeAll(async () => {
  mkdirSync(temporary);
  writeFileSync(credentials, profile("live", await deployerWith(["*"])), { mode: 0o600 });
});
afterAll(() => rmSync(folder, { recursive: true }));

function profile(name: string, keys: Record<string, string>): string {
  const lines = Object.entries(keys).map(([key, value]) => `${key.toLowerCase()} = ${value}\n`);
  return `[${name}]\n${lines.join("")}`;
}

type Environment = Record<string, string | undefined>;

/** In a process group of its own, as a shell starts it: a signal to the group is Ctrl-C. */
function start(args: string[], env: Environment = {}): ChildProcess {
  const tsx = ["--require", path.join(root, "node_modules", "tsx", "dist", "cjs", "index.cjs")];
  return spawn(process.execPath, [...tsx, path.join(root, "local", "liveCheck", "main.ts"), ...args], {
    cwd: root,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, AWS_SHARED_CREDENTIALS_FILE: credentials, TMPDIR: temporary, ...env },
  });
}

interface Outcome {
  code: number | null;
  output: string;
  errors: string;
}

async function ended(child: ChildProcess, input = ""): Promise<Outcome> {
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  child.stdin?.end(input);
  const [code, output, errors] = await Promise.all([
    closed,
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
  ]);
  return { code, output, errors };
}

/** What is there, by kind. Of a key, whether it waits for its deletion. */
async function inTheCloud() {
  const { Keys } = (await aws("kms", "ListKeys", {})) as { Keys: { KeyId: string }[] };
  const keys = await Promise.all(Keys.map(({ KeyId }) => aws("kms", "DescribeKey", { KeyId })));
  const { Aliases } = (await aws("kms", "ListAliases", {})) as { Aliases: { AliasName: string }[] };
  const secretsOf = async (region: string) =>
    (await aws("secretsmanager", "ListSecrets", { IncludePlannedDeletion: true }, region)).SecretList;
  return {
    keyStates: keys.map(({ KeyMetadata }) => (KeyMetadata as { KeyState: string }).KeyState),
    aliases: Aliases.map(({ AliasName }) => AliasName).filter((name) => !name.startsWith("alias/aws/")),
    secrets: [await secretsOf("us-east-1"), await secretsOf("us-west-2")],
    roles: [...(await iam("ListRoles", {})).matchAll(/<RoleName>([^<]+)/g)].map(([, name]) => name),
  };
}

/** Folders of runs: what tsx keeps in the folder for temporary files is its own. */
const ownFolders = () => readdirSync(temporary).filter((name) => !name.startsWith("tsx-"));

const nothing = { aliases: [], secrets: [[], []], roles: [] };

test("each point is tried and reported, and everything is removed", async () => {
  const { code, output, errors } = await ended(start(["--profile", "live", "--settle", "0", "--yes"]));
  expect(errors).toBe("");

  const commandLine = findOnPath("aws") === undefined ? "not tried" : "confirmed";
  const others: Record<string, string> = {
    "documents-unchanged": "confirmed",
    "member-create": "confirmed",
    "member-create-tags": "confirmed",
    "member-create-via-service": "confirmed",
    "member-put": "confirmed",
    "member-read-policy": "confirmed",
    "member-tag": "confirmed",
    "member-delete": "confirmed",
    "member-create-command": commandLine,
    "member-update-command": commandLine,
    "member-stack": "confirmed",
    "viewer-list": "confirmed",
    "viewer-describe": "confirmed",
    "admin-get": "confirmed",
    "admin-update": "confirmed",
    "admin-update-own-key": "confirmed",
    "admin-restore": "confirmed",
    "owner-policy": "confirmed",
    "owner-force-delete": "confirmed",
    // What moto does not know, and what a run can't try.
    "owner-validate-policy": "not tried",
    "owner-rotate": "not tried",
    "rotator-read": "not tried",
    "explorer-secrets": "not tried",
    "explorer-filter": "not tried",
    "explorer-search": "not tried",
    "trail-issuer": "not tried",
    "trail-secret-id": "not tried",
    "trail-denied": "not tried",
    "trail-decrypt": "not tried",
    "events-read": "not tried",
    "events-alert": "not tried",
  };
  const reported = [...output.matchAll(/^(confirmed|refuted|not tried) +([a-z-]+): /gm)].map(([, verdict, id]) => [
    id,
    verdict,
  ]);
  expect(reported).toEqual(points.map(({ id }) => [id, others[id] ?? "refuted"]));
  expect(output).toContain("member-get: a member does not read a value (");
  expect(output).toMatch(/^refuted +member-get: .*\n +AWS did it$/m);
  expect(output).toMatch(/^refuted +owner-foreign-function: .*\n +access was given, and then: ResourceNotFound/m);
  expect(code).toBe(1);

  expect(output).toContain("Everything is removed.");
  expect(await inTheCloud()).toEqual({ ...nothing, keyStates: ["PendingDeletion", "PendingDeletion"] });
  expect(ownFolders()).toEqual([]);
  // As long as a value: none is shown.
  expect(output).not.toMatch(/[0-9a-f]{48}/);
});

test("Ctrl-C in the midst of it removes what was made", async () => {
  const before = (await inTheCloud()).keyStates.length;
  const child = start(["--profile", "live", "--settle", "0", "--yes"]);
  const end = ended(child);
  while ((await inTheCloud()).keyStates.length === before) await sleep(200);
  process.kill(-(child.pid as number), "SIGINT");
  const { code, output } = await end;

  expect(output).toContain("Ending: what was made is removed first.");
  expect(output).toContain(`0 confirmed, 0 refuted, ${points.length} not tried`);
  expect(output).toContain("Everything is removed.");
  expect(code).toBe(130);
  const { keyStates, ...rest } = await inTheCloud();
  expect(rest).toEqual(nothing);
  expect(keyStates.length).toBeGreaterThan(before);
  expect(new Set(keyStates)).toEqual(new Set(["PendingDeletion"]));
  expect(ownFolders()).toEqual([]);
});

describe("what is wrong is said in one line, and nothing is made", () => {
  const noKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
  const noPulumi = () => {
    const folders = (process.env.PATH as string).split(path.delimiter);
    return folders.filter((one) => findOnPath("pulumi", one) === undefined).join(path.delimiter);
  };
  const cases: [string, string[], () => Environment, RegExp | string][] = [
    ["an unknown profile", ["--profile", "liv"], () => ({}), /^live-check: no profile "liv" in .*: there are live\n$/],
    [
      "no credentials",
      [],
      () => noKeys,
      'live-check: no AWS credentials found: name a profile with --profile, run "aws sso login", or renew them\n',
    ],
    [
      "no pulumi",
      ["--profile", "live"],
      () => ({ PATH: noPulumi() }),
      "live-check: pulumi is not on PATH: install it, https://www.pulumi.com/docs/install/\n",
    ],
    ["an unknown argument", ["--keep"], () => ({}), /^Unknown option '--keep'.*\n\nusage: npm run live-check/],
  ];
  test.each(cases)("%s", async (_, args, env, message) => {
    const { code, output, errors } = await ended(start(args, env()));
    expect(errors).toMatch(message);
    expect(output).toBe("");
    expect(code).not.toBe(0);
  });

  test("no wish to begin", async () => {
    const { code, output } = await ended(start(["--profile", "live"]), "y\n");
    expect(output).toMatch(/^In AWS account 111122223333, region us-east-1, as arn:aws:iam::111122223333:user\//);
    expect(output).toMatch(/Type "yes" to begin: Nothing was made\.\n$/);
    expect(code).toBe(1);
  });

  test("a permission that the caller lacks", async () => {
    writeFileSync(
      credentials,
      profile("weak", await deployerWith(["sts:*", "iam:List*", "kms:List*", "secretsmanager:*"])),
    );
    await enforceIam(true);
    try {
      const { code, output } = await ended(start(["--profile", "weak", "--settle", "0", "--yes"]));
      expect(output).toMatch(
        /^live-check: the workspaces can't be made: .*CreateKey.*: use the credentials of an administrator$/m,
      );
      expect(output).toContain(`0 confirmed, 0 refuted, ${points.length} not tried\nEverything is removed.`);
      expect(code).toBe(1);
    } finally {
      await enforceIam(false);
    }
  });
});

test("what can't be removed is told as the commands that remove it", async () => {
  const caller = {
    arn: "arn:aws:iam::111122223333:user/jo",
    accountId: "111122223333",
    partition: "aws",
    credentials: { accessKeyId: "id", secretAccessKey: "key" },
    principal: {},
  };
  const options = { region: "us-east-1", profile: "live", settle: 0, yes: true };
  const site = siteOf(caller, options, new AbortController().signal);
  expect(await commandsForRest(site, [])).toEqual([]);

  const workspace = site.names.b;
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const role = { RoleName: `vantedge-${workspace}-admin`, AssumeRolePolicyDocument: trust };
  await iam("CreateRole", { ...role, Path: `/vantedge/${workspace}/` });
  await iam("CreateRole", { ...role, RoleName: "of-somebody-else", Path: "/vantedge/production/" });
  const { KeyMetadata } = await aws("kms", "CreateKey", { Description: `Secrets of workspace ${workspace}` });
  const { KeyId, Arn } = KeyMetadata as { KeyId: string; Arn: string };
  await aws("kms", "CreateAlias", { AliasName: `alias/vantedge-${workspace}`, TargetKeyId: KeyId });
  await aws("kms", "CreateKey", { Description: "Secrets of workspace production" });

  const name = `vantedge/${workspace}/stored`;
  expect(await commandsForRest(site, [name])).toEqual([
    `aws --profile live secretsmanager delete-secret --region us-east-1 --force-delete-without-recovery --secret-id ${name}`,
    `aws --profile live iam delete-role-policy --role-name vantedge-${workspace}-admin --policy-name access`,
    `aws --profile live iam delete-role-policy --role-name vantedge-${workspace}-admin --policy-name isolation`,
    `aws --profile live iam delete-role --role-name vantedge-${workspace}-admin`,
    `aws --profile live kms delete-alias --region us-east-1 --alias-name alias/vantedge-${workspace}`,
    `aws --profile live kms schedule-key-deletion --region us-east-1 --pending-window-in-days 7 --key-id ${Arn}`,
  ]);
});
