import * as aws from "@pulumi/aws/provider";
import { AuditTrail, DeploymentBinding, Secret, Workspace } from "../../../index";
import { irsa } from "../../support/bindings";
import { accountId, canary, production, ref } from "../../support/fixtures";
import { attempt, leaks, missingAt, run, saying, summary } from "../../support/mocks";

const identity = "aws:index/getCallerIdentity:getCallerIdentity";
const failing = (said: string) => ({
  [identity]: () => {
    throw saying(said);
  },
});
const kubernetes = { namespace: "production" };

/** Each component alone, and all of them. */
const programs: Record<string, () => void> = {
  Workspace: () => new Workspace("production", { ...production, kubernetes }),
  Secret: () => ["a", "b", "c"].forEach((name) => new Secret(name, { workspace: ref, value: "v" })),
  "Secret of a workspace of another stack": () => {
    const { keyArn: _, ...elsewhere } = ref;
    new Secret("a", { workspace: elsewhere, value: "v" });
  },
  "Secret with a pinned version": () => new Secret("a", { workspace: ref, pinVersion: "1".repeat(36) }),
  AuditTrail: () =>
    new AuditTrail("audit", {
      organization: "A",
      aws: { region: "us-east-1", accountId },
      workspaces: [{ name: "production" }],
    }),
  DeploymentBinding: () => new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "a" } } }),
  "DeploymentBinding outside of a cluster": () =>
    new DeploymentBinding("agent", {
      workspace: ref,
      reader: { roleArn: `arn:aws:iam::${accountId}:role/agent` },
      env: { A: { secret: "a" } },
    }),
};
programs["all together"] = () => {
  for (const name of ["Workspace", "AuditTrail"]) programs[name]?.();
  const cluster = irsa.cluster as NonNullable<typeof irsa.cluster>;
  const staging = { ...production, kubernetes: { namespace: "staging", cluster } };
  const { ref: workspace } = new Workspace("staging", staging);
  const secret = new Secret("key", { workspace, value: "v" });
  new DeploymentBinding("agent", { workspace, env: { A: { secret: "key" } } }, { dependsOn: [secret] });
};

const isOfBinding = (name: string) => name.startsWith("DeploymentBinding");

beforeEach(() => missingAt.mockResolvedValue([]));

describe.each(Object.keys(programs))("%s", (name) => {
  test.each([true, false])(
    "credentials that are refused are one line, and nothing is made (preview: %s)",
    async (preview) => {
      const calls = failing(`operation error STS: GetCallerIdentity, api error ExpiredToken: ${canary}`);
      const outcome = await attempt(programs[name] as () => void, { calls, preview });
      expect(outcome.errors).toEqual([
        'the AWS credentials for AWS account 111122223333 have expired: run "aws sso login", or renew them',
      ]);
      const made = summary(outcome.resources).filter((one) => !one.startsWith("vantedge-secrets:"));
      // A binding's objects in the cluster wait for its workspace, which another stack may have made.
      expect(made.filter((one) => !isOfBinding(name) || one.startsWith("aws:"))).toEqual([]);
      expect(leaks(outcome, canary)).toEqual([]);
    },
  );

  test("a wrong account is one line", async () => {
    const calls = { [identity]: () => ({ accountId: "999900001111" }) };
    const { errors } = await attempt(programs[name] as () => void, { calls });
    expect(errors).toEqual([
      "aws.accountId: the credentials are of account 999900001111, not 111122223333: choose the profile or role of that " +
        "account (AWS_PROFILE, assumeRoleArn), or correct accountId",
    ]);
  });
});

const none =
  'no AWS credentials found for AWS account 111122223333: run "aws sso login" or "aws configure", or set AWS_PROFILE';
const refused = (code: string) =>
  `AWS refuses the credentials for AWS account 111122223333 (${code}): check AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
const unreachable = (reason: string) =>
  `AWS can't be reached in us-east-1 (${reason}): check the region, the network and AWS_ENDPOINT_URL`;

/** As Terraform's AWS provider 5.100 says it: https://github.com/hashicorp/aws-sdk-go-base */
test.each<[string, string]>([
  [
    "No valid credential sources found: Please see https://registry.terraform.io/providers/hashicorp/aws. Error: failed to refresh cached credentials, no EC2 IMDS role found, operation error ec2imds: GetMetadata, access disabled",
    none,
  ],
  ["failed to get shared config profile, prodution", none],
  [
    "Retrieving AWS account details: validating provider credentials: retrieving caller identity from STS: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: 1, api error InvalidClientTokenId: The security token is invalid",
    refused("InvalidClientTokenId"),
  ],
  [
    "Cannot assume IAM Role: IAM Role (arn:aws:iam::111122223333:role/ci) cannot be assumed. Error: operation error STS: AssumeRole, api error AccessDenied: User is not authorized",
    "the credentials may not take arn:aws:iam::111122223333:role/ci: let the role's trust policy name them, and allow them sts:AssumeRole",
  ],
  [
    'operation error STS: GetCallerIdentity, exceeded maximum number of attempts, 3, https response error StatusCode: 0, request send failed, Post "http://127.0.0.1:9/": dial tcp 127.0.0.1:9: connect: connection refused',
    unreachable("connection refused"),
  ],
  [
    'Post "https://sts.us-east-9.amazonaws.com/": dial tcp: lookup sts.us-east-9.amazonaws.com: no such host',
    unreachable("no such host"),
  ],
  [
    "Default provider for 'aws' disabled. Invoke must use an explicit provider.",
    "the default provider of AWS is disabled (pulumi:disable-default-providers): give the component a provider",
  ],
  [canary, unreachable("no answer")],
])("of an explicit provider: %s", async (said, expected) => {
  const program = () => new Secret("a", { workspace: ref }, { provider: new aws.Provider("own") });
  const outcome = await attempt(program, { calls: failing(said) });
  expect(outcome.errors).toEqual([expected]);
  expect(leaks(outcome, canary)).toEqual([]);
});

test("a region that is none is told, once for all that refer to it, and nobody is asked", async () => {
  const workspace = { ...ref, region: "us-esat-1" };
  const { errors, calls } = await attempt(() => {
    for (const name of ["a", "b"]) new Secret(name, { workspace });
  });
  expect(errors).toEqual([
    'aws.region: "us-esat-1" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws',
  ]);
  expect(calls).toEqual([]);
});

test("each provider is asked once in a program, whatever is made with it", async () => {
  const program = () => {
    for (const name of ["a", "b", "c"]) new Secret(name, { workspace: ref });
    const provider = new aws.Provider("own");
    for (const name of ["d", "e", "f"]) new Secret(name, { workspace: ref }, { provider });
    new Secret("g", { workspace: { ...ref, region: "eu-west-1" } });
  };
  for (let index = 0; index < 2; index++) {
    const { calls } = await run(program);
    expect(calls.map(({ token }) => token)).toEqual([identity, identity, identity]);
    expect(calls.map(({ provider }) => provider.split("::").at(-2) ?? "").sort()).toEqual(["", "", "own"]);
  }
});
