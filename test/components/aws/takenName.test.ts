import { Secret, type WorkspaceRef } from "../../../index";
import { accountId, canary, ref } from "../../support/fixtures";
import { attempt, type Calls, leaks, lookups, only, run, saying, summary } from "../../support/mocks";

const arnOf = (name: string) => `arn:aws:secretsmanager:us-east-1:${accountId}:secret:${name}-AbCdEf`;
const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";
const getSecret = "aws:secretsmanager/getSecret:getSecret";
const none = () => {
  throw saying(`ResourceNotFoundException ${canary}`);
};
const denied = () => {
  throw saying("AccessDeniedException");
};
const free: Calls = { [getVersions]: none, [getSecret]: none };
/** moto answers with the name in place of the ARN. */
const scheduled: Calls = { [getVersions]: ({ secretId }) => ({ arn: secretId, versions: [] }), [getSecret]: none };
const taken: Calls = { ...scheduled, [getSecret]: ({ name }) => ({ arn: arnOf(name as string) }) };

const program =
  (names: string[], workspace: WorkspaceRef = ref) =>
  () => {
    for (const name of names) new Secret(name, { workspace, value: canary });
  };

const production = 'workspace "production" in us-east-1';
const configured = 'pulumi config set --plaintext --path "vantedge-secrets:import.production';

test.each<[string, Calls, string[]]>([
  ["free", free, []],
  // A member may describe what has the workspace's tag: a name without a secret has none.
  ["not told to whoever deploys", { [getVersions]: denied, [getSecret]: denied }, []],
  [
    "taken",
    taken,
    [
      `${production}: there are secrets with these names: jwt-secret`,
      `choose other names, or take the secrets over: ${configured}/jwt-secret" "$(aws secretsmanager describe-secret ` +
        '--region us-east-1 --secret-id vantedge/production/jwt-secret --query ARN --output text)"',
    ],
  ],
  [
    "scheduled for deletion",
    scheduled,
    [
      `${production}: secrets with these names are scheduled for deletion: jwt-secret`,
      "to delete them for good: aws secretsmanager delete-secret --region us-east-1 --secret-id " +
        "vantedge/production/jwt-secret --force-delete-without-recovery",
      `to restore them (the key of a destroyed workspace comes first: docs/restore.md): ${configured}/jwt-secret" "$(aws ` +
        'secretsmanager restore-secret --region us-east-1 --secret-id vantedge/production/jwt-secret --query ARN --output text)"',
    ],
  ],
])("a name that is %s", async (_, calls, lines) => {
  const preview = await attempt(program(["jwt-secret"]), { calls, hooks: true, preview: true });
  expect(preview.errors).toEqual(lines);
  const update = await attempt(program(["jwt-secret"]), { calls, hooks: true });
  const hook = `vantedge-secrets:name-is-free:${accountId}:us-east-1:vantedge/production/jwt-secret`;
  expect(update.errors).toEqual(
    lines
      .slice(0, 1)
      .map((line) => expect.stringContaining(`before hook "${hook}" failed: ${line}: pulumi preview says what to do`)),
  );
  expect(summary(update.resources).includes("aws:secretsmanager/secret:Secret jwt-secret")).toBe(lines.length === 0);
  for (const outcome of [preview, update]) {
    expect(leaks(outcome, canary)).toEqual([]);
    for (const { inputs } of lookups(outcome.calls)) {
      expect(inputs).toMatchObject({ region: "us-east-1" });
      expect(inputs.secretId ?? inputs.name).toBe("vantedge/production/jwt-secret"); // the whole name, no partial ARN
    }
  }
});

test("a preview tells all names that are taken at once, with one command for all of them", async () => {
  const isTaken = (name: unknown) => /jwt|smtp/.test(name as string);
  const calls: Calls = {
    [getVersions]: ({ secretId }) => (/free/.test(secretId as string) ? none() : { arn: secretId, versions: [] }),
    [getSecret]: ({ name }) => (isTaken(name) ? { arn: arnOf(name as string) } : none()),
  };
  const names = ["smtp", "free", "api-key", "jwt-secret", "database"];
  const { errors, resources } = await attempt(program(names), { calls, hooks: true, preview: true });
  const each = (names: string, command: string) => `for name in ${names}; do ${command}; done`;
  const cli = (action: string) =>
    `aws secretsmanager ${action} --region us-east-1 --secret-id vantedge/production/$name`;
  const takeOver = (action: string) => `${configured}/$name" "$(${cli(action)} --query ARN --output text)"`;
  const lines = [
    `${production}: there are secrets with these names: jwt-secret, smtp`,
    `choose other names, or take the secrets over: ${each("jwt-secret smtp", takeOver("describe-secret"))}`,
    `${production}: secrets with these names are scheduled for deletion: api-key, database`,
    `to delete them for good: ${each("api-key database", `${cli("delete-secret")} --force-delete-without-recovery`)}`,
    `to restore them (the key of a destroyed workspace comes first: docs/restore.md): ${each("api-key database", takeOver("restore-secret"))}`,
  ];
  expect(errors).toEqual(lines);
  // The rest of the preview is shown all the same.
  expect(summary(resources)).toContain("aws:secretsmanager/secretVersion:SecretVersion free-version");
});

test("an adopted secret has an ARN that is known", async () => {
  const adopted = [{ secretName: "legacy", arn: arnOf("old/legacy"), keyArn: ref.keyArn as string }];
  const { errors } = await attempt(program(["legacy"], { ...ref, adopted }), {
    calls: taken,
    hooks: true,
    preview: true,
  });
  expect(errors).toEqual([
    `${production}: adopted secrets are not taken over yet: legacy`,
    "set import on each to its ARN, run pulumi up, and remove import again",
  ]);
});

test("the hook is bound to the secret only, and runs in previews too", async () => {
  const { resources, hooks } = await run(program(["jwt-secret"]), { calls: free });
  const hookName = `vantedge-secrets:name-is-free:${accountId}:us-east-1:vantedge/production/jwt-secret`;
  const found = hooks.filter(({ name }) => name === hookName);
  expect(found.map(({ opts }) => opts)).toEqual([{ onDryRun: true }]);
  const bound = Object.fromEntries(resources.map(({ type, options }) => [type, options.beforeCreate]));
  expect(bound).toEqual({
    "vantedge-secrets:index:Secret": [],
    "aws:secretsmanager/secret:Secret": [hookName],
    "aws:secretsmanager/secretVersion:SecretVersion": [expect.stringContaining(":is-under-its-key:")],
  });
  expect(only(resources, "aws:secretsmanager/secret:Secret").options.beforeCreate).toEqual([hookName]);
});
