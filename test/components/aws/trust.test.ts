import { output } from "@pulumi/pulumi";
import { trustDocument } from "../../../components/aws/trust";
import type { PrincipalArgs } from "../../../components/principals";
import { accountId, arn } from "../../support/fixtures";
import { attempt, run } from "../../support/mocks";

const scope = { workspace: "production", prefix: "vantedge", accountId, regions: ["us-east-1"] };
const trust = async (...principals: PrincipalArgs[]) =>
  JSON.parse((await run(() => ({ text: trustDocument(scope, principals) }))).result.text).Statement;

const github = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
const corporate = `arn:aws:iam::${accountId}:saml-provider/corporate`;

test.each<[string, PrincipalArgs, object]>([
  ["an ARN", { arn: arn("ci") }, { Principal: { AWS: arn("ci") }, Action: "sts:AssumeRole" }],
  [
    "an ARN that is known later",
    { arn: output(arn("ci")) },
    { Principal: { AWS: arn("ci") }, Action: "sts:AssumeRole" },
  ],
  [
    "a pattern",
    { arnPattern: "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Auditor*" },
    {
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "sts:AssumeRole",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Auditor*" } },
    },
  ],
  [
    "OpenID Connect",
    { oidc: { providerArn: github, subjects: ["repo:acme/infra:ref:refs/heads/main"] } },
    {
      Principal: { Federated: github },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        StringLike: { "token.actions.githubusercontent.com:sub": ["repo:acme/infra:ref:refs/heads/main"] },
      },
    },
  ],
  [
    "OpenID Connect with an audience, and an issuer with a path",
    {
      oidc: {
        providerArn: `arn:aws:iam::${accountId}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC`,
        subjects: ["system:serviceaccount:a:b"],
        audience: "vantedge",
      },
    },
    {
      Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "oidc.eks.us-east-1.amazonaws.com/id/ABC:aud": "vantedge" },
        StringLike: { "oidc.eks.us-east-1.amazonaws.com/id/ABC:sub": ["system:serviceaccount:a:b"] },
      },
    },
  ],
  [
    "SAML",
    { saml: { providerArn: corporate } },
    {
      Principal: { Federated: corporate },
      Action: "sts:AssumeRoleWithSAML",
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    },
  ],
])("trusts %s", async (_, principal, expected) => {
  expect(await trust(principal)).toEqual([{ Sid: "Trust0", Effect: "Allow", ...expected }]);
});

test("one statement for each principal", async () => {
  expect(await trust({ arn: arn("a") }, { arn: arn("b") })).toEqual([
    { Sid: "Trust0", Effect: "Allow", Principal: { AWS: arn("a") }, Action: "sts:AssumeRole" },
    { Sid: "Trust1", Effect: "Allow", Principal: { AWS: arn("b") }, Action: "sts:AssumeRole" },
  ]);
});

test.each(["*", `arn:aws:iam::${accountId}:root`, arn("*"), "", accountId])(
  "an ARN that is known late is checked then: %j",
  async (late) => {
    const { errors } = await attempt(() => ({ text: trustDocument(scope, [{ arn: output(late) }]) }));
    expect(errors).toEqual([
      'workspace "production": the arn of a principal must be the ARN of one role or user, for example ' +
        "arn:aws:iam::111122223333:role/ci; for several use arnPattern",
    ]);
  },
);
