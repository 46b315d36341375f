import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { callerOf, environmentOf, principalOf } from "../../../local/liveCheck/account";

const account = "111122223333";
const arnOfRole = async (name: string) => `arn:aws:iam::${account}:role/teams/${name}`;

describe("a role's trust policy names the caller", () => {
  const cases: [string, string, object][] = [
    ["a user", `arn:aws:iam::${account}:user/people/jo`, { arn: `arn:aws:iam::${account}:user/people/jo` }],
    [
      "a session, by its role with the path",
      `arn:aws:sts::${account}:assumed-role/deployer/session`,
      { arn: `arn:aws:iam::${account}:role/teams/deployer` },
    ],
    [
      "a person through IAM Identity Center",
      `arn:aws-us-gov:sts::${account}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jo@example.com`,
      {
        arnPattern: `arn:aws-us-gov:iam::${account}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_0123456789abcdef`,
      },
    ],
  ];
  test.each(cases)("%s", async (_, arn, principal) => {
    await expect(principalOf(arn, arnOfRole)).resolves.toEqual(principal);
  });

  test.each([`arn:aws:iam::${account}:root`, `arn:aws:sts::${account}:federated-user/jo`])("never %s", async (arn) => {
    await expect(principalOf(arn, arnOfRole)).rejects.toThrow(
      `${arn} can't take roles: use an IAM user, or a session of a role`,
    );
  });
});

test("a session without a token leaves none of another one", () => {
  expect(environmentOf({ accessKeyId: "id", secretAccessKey: "key" })).toEqual({
    AWS_ACCESS_KEY_ID: "id",
    AWS_SECRET_ACCESS_KEY: "key",
    AWS_SESSION_TOKEN: "",
  });
});

describe("a profile that is not there is named with those that are, before any other credentials are tried", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "vantedge-account-"));
  const config = path.join(folder, "config");
  const credentials = path.join(folder, "credentials");
  const before = { ...process.env };
  beforeEach(() => Object.assign(process.env, { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials }));
  afterAll(() => {
    process.env = before;
    rmSync(folder, { recursive: true });
  });

  test("among others", async () => {
    writeFileSync(config, "[default]\nregion = eu-west-1\n[profile  sandbox]\nregion = eu-west-1\n");
    writeFileSync(credentials, "[default]\naws_access_key_id = x\n[old]\n");
    await expect(callerOf("us-east-1", "sandbx")).rejects.toThrow(
      `no profile "sandbx" in ${config} and ${credentials}: there are default, sandbox, old`,
    );
  });

  test("without a file", async () => {
    Object.assign(process.env, { AWS_CONFIG_FILE: `${folder}/none`, AWS_SHARED_CREDENTIALS_FILE: `${folder}/no` });
    await expect(callerOf("us-east-1", "live")).rejects.toThrow(
      `no profile "live" in ${folder}/none and ${folder}/no: none is there`,
    );
  });

  test("and one without credentials is said", async () => {
    writeFileSync(config, "[profile sandbox]\nregion = eu-west-1\n");
    process.env.AWS_EC2_METADATA_DISABLED = "true";
    await expect(callerOf("us-east-1", "sandbox")).rejects.toThrow(
      'no AWS credentials of profile "sandbox" found: name a profile with --profile, run "aws sso login --profile sandbox", or renew them',
    );
  });
});
