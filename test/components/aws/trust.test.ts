import { output } from "@pulumi/pulumi";
import { trustDocument } from "../../../components/aws/trust";
import type { PrincipalArgs } from "../../../components/principals";
import { accountId, arn, scope } from "../../support/fixtures";
import { attempt, run } from "../../support/mocks";

const trust = async (...principals: PrincipalArgs[]) =>
  JSON.parse((await run(() => ({ text: trustDocument(scope, "roles.members", principals) }))).result.text).Statement;

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

const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };

test.each<[string, PrincipalArgs, object]>([
  ["multi-factor authentication", { arn: arn("a"), mfa: true }, mfa],
  ["no multi-factor authentication", { arn: arn("a"), mfa: false }, {}],
  ["a day, to its end", { arn: arn("a"), until: "2027-01-31" }, ends("2027-02-01T00:00:00Z")],
  ["a moment", { arn: arn("a"), until: "2027-01-31T18:00:00Z" }, ends("2027-01-31T18:00:00Z")],
  ["a moment elsewhere", { arn: arn("a"), until: "2027-01-31T18:00:00+02:00" }, ends("2027-01-31T16:00:00Z")],
  ["both", { arn: arn("a"), mfa: true, until: "2027-01-31" }, { ...mfa, ...ends("2027-02-01T00:00:00Z") }],
])("asks for %s", async (_, principal, conditions) => {
  const [{ Condition }] = await trust(principal);
  expect(Condition ?? {}).toEqual(conditions);
});

test("a condition of one kind stays where others are added", async () => {
  const pattern = "arn:aws:iam::*:role/team-*";
  const [{ Condition }] = await trust({ arnPattern: pattern, mfa: true, until: "2027-01-31" });
  expect(Condition).toEqual({ ArnLike: { "aws:PrincipalArn": pattern }, ...mfa, ...ends("2027-02-01T00:00:00Z") });
});

function ends(moment: string): object {
  return { DateLessThan: { "aws:CurrentTime": moment } };
}

test("principals with the same conditions share a statement, and no others do", async () => {
  const root = `arn:aws:iam::${accountId}:root`;
  const statements = await trust(
    { arn: arn("a") },
    { arnPattern: "arn:aws:iam::*:role/x-*" },
    { arn: arn("b"), mfa: true },
    { arn: arn("c") },
    { arnPattern: "arn:aws:iam::*:role/y-*" },
    { arn: arn("a") },
  );
  expect(statements).toEqual([
    { Sid: "Trust0", Effect: "Allow", Principal: { AWS: [arn("a"), arn("c")] }, Action: "sts:AssumeRole" },
    {
      Sid: "Trust1",
      Effect: "Allow",
      Principal: { AWS: root },
      Action: "sts:AssumeRole",
      Condition: { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/x-*", "arn:aws:iam::*:role/y-*"] } },
    },
    { Sid: "Trust2", Effect: "Allow", Principal: { AWS: arn("b") }, Action: "sts:AssumeRole", Condition: mfa },
  ]);
});

test("more principals than a trust policy holds are refused", async () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ arn: arn(`developer-${index}`) }));
  const { errors } = await attempt(() => ({ text: trustDocument(scope, "roles.members", many) }));
  expect(errors).toEqual([
    expect.stringMatching(
      /^workspace "production": roles\.members: the trust policy would have 2\d{3} characters, and IAM takes 2048: name fewer principals, or several by one arnPattern$/,
    ),
  ]);
});

test.each(["*", `arn:aws:iam::${accountId}:root`, arn("*"), "", accountId])(
  "an ARN that is known late is checked then: %j",
  async (late) => {
    const { errors } = await attempt(() => ({ text: trustDocument(scope, "roles.members", [{ arn: output(late) }]) }));
    expect(errors).toEqual([
      'workspace "production": the arn of a principal must be the ARN of one role or user, for example ' +
        "arn:aws:iam::111122223333:role/ci; for several use arnPattern",
    ]);
  },
);
