import { confusedDeputy } from "../../../../policies/aws/iam/confusedDeputy";
import { trustEverybody } from "../../../../policies/aws/iam/trustEverybody";
import { trustOfTokens } from "../../../../policies/aws/iam/trustOfTokens";
import { testRule } from "../../support/ruleTest";
import { trust } from "./documents";

const at = "assumeRolePolicy.Statement[0]";
const assume = (Principal: unknown, Condition?: object) =>
  trust({ Effect: "Allow", Action: "sts:AssumeRole", Principal, Condition });

testRule(trustEverybody, {
  passes: {
    "a role": assume({ AWS: "arn:aws:iam::111122223333:role/app" }),
    "an account": assume({ AWS: "arn:aws:iam::111122223333:root" }),
    "a service": assume({ Service: "lambda.amazonaws.com" }),
    "everybody of an organization": assume("*", { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } }),
    "whoever has an external id": assume({ AWS: "*" }, { StringEquals: { "sts:ExternalId": "a-long-random-id" } }),
  },
  breaks: {
    "the star": [assume("*"), `${at}.Principal is everybody`],
    "the star of AWS": [assume({ AWS: ["*"] }), `${at}.Principal is everybody`],
    "a condition that is no limit": [
      assume("*", { StringLike: { "aws:PrincipalArn": "*" } }),
      `${at}.Principal is everybody`,
    ],
    "a role of that name in any account": [
      assume("*", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/app" } }),
      `${at}.Principal is everybody`,
    ],
    "any service": [assume({ Service: "*" }), `${at}.Principal.Service is a wildcard`],
  },
});

const github = "token.actions.githubusercontent.com";
const issuer = { Federated: `arn:aws:iam::111122223333:oidc-provider/${github}` };
const token = (Condition?: object, Principal: object = issuer) =>
  trust({ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal, Condition });
const audience = { [`${github}:aud`]: "sts.amazonaws.com" };
const sub = (operator: string, value: string | string[]) =>
  token({
    StringEquals: audience,
    [operator === "StringEquals" ? "ForAnyValue:StringEquals" : operator]: { [`${github}:sub`]: value },
  });
const problem = `${at}.Condition lets in every token of the issuer`;
const cluster = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE";

testRule(trustOfTokens, {
  passes: {
    "one branch": sub("StringEquals", "repo:acme/orders:ref:refs/heads/main"),
    "one repository": sub("StringLike", "repo:acme/orders:*"),
    "one owner": sub("StringLike", "repo:acme/*"),
    "one ServiceAccount": token(
      { StringEquals: { [`${cluster}:sub`]: "system:serviceaccount:production:agent" } },
      { Federated: `arn:aws:iam::111122223333:oidc-provider/${cluster}` },
    ),
    "an identity pool": token(
      { StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-1:1234" } },
      { Federated: "cognito-identity.amazonaws.com" },
    ),
    SAML: trust({
      Effect: "Allow",
      Action: "sts:AssumeRoleWithSAML",
      Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/okta" },
    }),
  },
  breaks: {
    "no condition": [token(), problem],
    "the audience alone, which all share": [token({ StringEquals: audience }), problem],
    "any subject": [sub("StringLike", "*"), problem],
    "owners that begin the same": [sub("StringLike", "repo:acme*"), problem],
    "any Cognito pool": [
      token(
        { StringEquals: { "cognito-identity.amazonaws.com:amr": "authenticated" } },
        { Federated: "cognito-identity.amazonaws.com" },
      ),
      problem,
    ],
    "any repository": [sub("StringLike", "repo:*"), problem],
    "any repository of any owner": [sub("StringLike", "repo:*/*:ref:refs/heads/main"), problem],
    "one repository and any": [sub("StringLike", ["repo:acme/orders:*", "repo:*"]), problem],
    "any namespace": [
      token(
        { StringLike: { [`${cluster}:sub`]: "system:serviceaccount:*" } },
        { Federated: `arn:aws:iam::111122223333:oidc-provider/${cluster}` },
      ),
      problem,
    ],
    "a condition that holds without the claim": [
      token({ StringEqualsIfExists: { [`${github}:sub`]: "repo:acme/orders:ref:refs/heads/main" } }),
      problem,
    ],
    "a condition against one": [token({ StringNotEquals: { [`${github}:sub`]: "repo:evil/orders" } }), problem],
  },
});

testRule(confusedDeputy, {
  passes: {
    "for one account": assume(
      { Service: "scheduler.amazonaws.com" },
      { StringEquals: { "aws:SourceAccount": "111122223333" } },
    ),
    "a service without a source": assume({ Service: "lambda.amazonaws.com" }),
  },
  breaks: {
    "for any": [assume({ Service: "scheduler.amazonaws.com" }), `${at}.Condition does not say for which account`],
  },
});
