import { secretId } from "../../../components/aws/secretId";
import { currentVersion } from "../../../components/aws/versions";
import { withDefaults } from "../../../components/workspaceRef";
import { Secret, Workspace } from "../../../index";
import { accountId, canary, production, ref } from "../../support/fixtures";
import { attempt, leaks, saying } from "../../support/mocks";

const { keyArn: _, ...elsewhere } = ref;
const workspace = withDefaults(ref);
const getKey = "aws:kms/getKey:getKey";
const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";
const getSecret = "aws:secretsmanager/getSecret:getSecret";
const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/1`;

const denied = (action: string) =>
  `operation error: https response error StatusCode: 400, api error AccessDeniedException: User: arn:aws:iam::${accountId}:user/${canary} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`;

type Case = [
  what: string,
  token: string,
  action: string,
  program: () => unknown,
  subject: string,
  absent: string | undefined,
];
const cases: Case[] = [
  [
    "the key of a workspace of another stack",
    getKey,
    "kms:DescribeKey",
    () => ["a", "b"].forEach((name) => new Secret(name, { workspace: elsewhere })),
    'workspace "production"',
    "account 111122223333 has none of this name in us-east-1 (no key alias/vantedge-production): correct the reference, " +
      "or make the workspace first",
  ],
  [
    "a key to take over",
    getKey,
    "kms:DescribeKey",
    () => new Workspace("production", { ...production, importKeys: [keyArn] }),
    'Workspace "production": importKeys',
    `there is no key ${keyArn}: correct it`,
  ],
  [
    "the current version of a secret",
    getVersions,
    "secretsmanager:ListSecretVersionIds",
    () => ({ version: currentVersion(workspace, "db", {}) }),
    'secret "db" of workspace "production"',
    // Whoever asks tells it: test/components/binding/versions.test.ts.
    undefined,
  ],
  [
    "the ARN of a secret",
    getSecret,
    "secretsmanager:DescribeSecret",
    () => ({ id: secretId(workspace, "db", {}) }),
    'secret "db" of workspace "production"',
    "it is not there: correct its name, or make it first",
  ],
];

describe.each(cases)("%s", (_, token, action, program, subject, absent) => {
  test.each<[string, string, string | undefined]>([
    ["is not there", `reading KMS Key (${canary}): couldn't find resource`, absent],
    ["is not found", `api error ResourceNotFoundException: ${canary}`, absent],
    [
      "may not be asked for",
      denied(action),
      `the credentials may not do ${action}: allow it to whoever runs pulumi up`,
    ],
    [
      "needs another right",
      denied("secretsmanager:GetResourcePolicy"),
      "the credentials may not do secretsmanager:GetResourcePolicy: allow it to whoever runs pulumi up",
    ],
    [
      "is not told",
      `api error InternalServiceError: ${canary}`,
      `AWS gave no answer to ${action} (InternalServiceError): run it again`,
    ],
    ["is not told in words that are known", canary, `AWS gave no answer to ${action}: run it again`],
  ])("%s: one line", async (_, said, message) => {
    const calls = {
      [token]: () => {
        throw saying(said);
      },
    };
    for (const preview of [true, false]) {
      const outcome = await attempt(program, { calls, preview });
      expect(outcome.errors).toEqual(message === undefined ? [] : [`${subject}: ${message}`]);
      expect(leaks(outcome, canary)).toEqual([]);
    }
  });
});
