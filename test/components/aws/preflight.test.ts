import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { accessProblem } from "../../../components/aws/preflight";
import type { AwsCloudPlace } from "../../../components/backend";
import { accountId, arn, canary } from "../../support/fixtures";
import { type Reply, serve } from "../../support/server";

const access: AwsCloudPlace = { cloud: "aws", region: "us-east-1", accountId };
const deployer = arn("deployer");
const environment = { ...process.env };
let sts: Awaited<ReturnType<typeof serve>>;
let replies: Record<string, Reply>;
let asked: { action: string; key: string }[];

beforeAll(async () => {
  sts = await serve(({ headers }, body) => {
    const action = new URLSearchParams(body).get("Action") ?? "";
    asked.push({ action, key: /Credential=(\w+)/.exec(headers.authorization ?? "")?.[1] ?? "" });
    return replies[action] ?? refused("InvalidAction");
  });
});
afterAll(() => sts.stop());

beforeEach(() => {
  asked = [];
  replies = { GetCallerIdentity: identity(accountId) };
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: sts.url,
    AWS_ACCESS_KEY_ID: "AKIAOWN",
    AWS_SECRET_ACCESS_KEY: canary,
    AWS_CONFIG_FILE: "/nowhere",
    AWS_SHARED_CREDENTIALS_FILE: "/nowhere",
    AWS_EC2_METADATA_DISABLED: "true",
  });
});
afterEach(() => {
  process.env = { ...environment };
});

const xml = (action: string, result: string) =>
  `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result></${action}Response>`;
const identity = (account: string): Reply => ({
  body: xml("GetCallerIdentity", `<Arn>a</Arn><UserId>u</UserId><Account>${account}</Account>`),
});
const refused = (code: string): Reply => ({
  status: 403,
  body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${canary}</Message></Error></ErrorResponse>`,
});
const assumed: Reply = {
  body: xml(
    "AssumeRole",
    `<Credentials><AccessKeyId>AKIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
  ),
};

test("credentials of the right account are no problem", async () => {
  expect(await accessProblem(access)).toBeUndefined();
  expect(asked).toEqual([{ action: "GetCallerIdentity", key: "AKIAOWN" }]);
});

const renew = 'the AWS credentials for AWS account 111122223333 have expired: run "aws sso login", or renew them';
const check = "check AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

test.each<[string, Reply, string]>([
  [
    "another account",
    identity("999900001111"),
    "aws.accountId: the credentials are of account 999900001111, not 111122223333: choose the profile or role of that " +
      "account (AWS_PROFILE, assumeRoleArn), or correct accountId",
  ],
  ["ExpiredToken", refused("ExpiredToken"), renew],
  ["ExpiredTokenException", refused("ExpiredTokenException"), renew],
  [
    "InvalidClientTokenId",
    refused("InvalidClientTokenId"),
    `AWS refuses the credentials for AWS account 111122223333 (InvalidClientTokenId): ${check}`,
  ],
  [
    "SignatureDoesNotMatch",
    refused("SignatureDoesNotMatch"),
    `AWS refuses the credentials for AWS account 111122223333 (SignatureDoesNotMatch): ${check}`,
  ],
  [
    "AccessDenied",
    refused("AccessDenied"),
    "the credentials may not ask who they are in AWS account 111122223333: allow sts:GetCallerIdentity",
  ],
  [
    "an answer that nobody knows",
    refused("Whatever"),
    "AWS can't be reached in us-east-1 (Whatever): check the region, the network and AWS_ENDPOINT_URL",
  ],
])("says in one line: %s", async (_, reply, expected) => {
  replies.GetCallerIdentity = reply;
  expect(await accessProblem(access)).toBe(expected);
});

test("no credentials at all", async () => {
  delete process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_SECRET_ACCESS_KEY;
  expect(await accessProblem(access)).toBe(
    'no AWS credentials found for AWS account 111122223333: run "aws sso login" or "aws configure", or set AWS_PROFILE',
  );
  expect(asked).toEqual([]);
});

test("a profile that isn't there", async () => {
  process.env.AWS_PROFILE = "prodution";
  delete process.env.AWS_ACCESS_KEY_ID;
  expect(await accessProblem(access)).toMatch(/^no AWS credentials found for AWS account 111122223333: /);
});

test("keys of the environment go before the profile that it names, as with the provider", async () => {
  process.env.AWS_PROFILE = "prodution";
  expect(await accessProblem(access)).toBeUndefined();
  expect(asked).toEqual([{ action: "GetCallerIdentity", key: "AKIAOWN" }]);
});

test("nobody there", async () => {
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:9";
  // ECONNREFUSED, but here the SDK wraps it: an Error of node is no instance of jest's Error.
  expect(await accessProblem(access)).toMatch(
    /^AWS can't be reached in us-east-1 \((ECONNREFUSED|Error)\): check the region, the network and AWS_ENDPOINT_URL$/,
  );
});

test("a network that swallows everything is given up on", async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const began = Date.now();
  const problem = await accessProblem(access).finally(() => {
    silent.closeAllConnections();
    silent.close();
  });
  expect(problem).toBe(
    "AWS can't be reached in us-east-1 (ETIMEDOUT): check the region, the network and AWS_ENDPOINT_URL",
  );
  expect(Date.now() - began).toBeLessThan(20_000);
});

test("with a role, the role is taken first and asked for its account", async () => {
  replies.AssumeRole = assumed;
  expect(await accessProblem({ ...access, assumeRoleArn: deployer })).toBeUndefined();
  expect(asked).toEqual([
    { action: "AssumeRole", key: "AKIAOWN" },
    { action: "GetCallerIdentity", key: "AKIAROLE" },
  ]);
});

test("a role that may not be taken", async () => {
  replies.AssumeRole = refused("AccessDenied");
  expect(await accessProblem({ ...access, assumeRoleArn: deployer })).toBe(
    `the credentials may not take ${deployer}: let the role's trust policy name them, and allow them sts:AssumeRole`,
  );
});
