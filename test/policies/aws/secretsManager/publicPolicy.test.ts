import { publicPolicy } from "../../../../policies/aws/secretsManager/publicPolicy";
import { testRule } from "../../support/ruleTest";
import { inSecret, withStatement } from "./policies";

const read = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const everybody = { ...read, Principal: "*" };
const when = (Condition: object) => withStatement({ ...everybody, Condition });
const problem = "policy.Statement[0].Principal is everybody";

testRule(publicPolicy, {
  passes: {
    "a role": withStatement({ ...read, Principal: { AWS: "arn:aws:iam::111122223333:role/app" } }),
    "an account": withStatement({ ...read, Principal: { AWS: "111122223333" } }),
    "everybody denied": withStatement({ ...everybody, Effect: "Deny" }),
    "of an organization": when({ StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } }),
    "through one's own endpoint": when({ StringEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } }),
    "from one's own addresses": when({ IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } }),
    "no policy": withStatement({ ...read, Principal: { Service: "lambda.amazonaws.com" } }),
  },
  breaks: {
    "the star": [withStatement(everybody), problem],
    "the star of AWS": [withStatement({ ...read, Principal: { AWS: "*" } }), problem],
    "among others": [withStatement({ ...read, Principal: { AWS: ["111122223333", "*"] } }), problem],
    "roots of all accounts": [withStatement({ ...read, Principal: { AWS: "arn:aws:iam::*:root" } }), problem],
    "in the secret itself": [inSecret(everybody), problem],
    "a condition that any value meets": [when({ StringLike: { "aws:PrincipalArn": "*" } }), problem],
    "any address": [when({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }), problem],
    "a condition that holds without the key": [
      when({ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-abcdefghij" } }),
      problem,
    ],
    "a condition against some": [when({ StringNotEquals: { "aws:PrincipalAccount": "444455556666" } }), problem],
    "a condition on something else": [when({ Bool: { "aws:SecureTransport": "true" } }), problem],
  },
});
