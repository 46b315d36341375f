import { Secret, SecretPolicy } from "@pulumi/aws/secretsmanager";
import { restrictivePolicy } from "../../../../policies/aws/secretsManager/restrictivePolicy";
import { resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const document = (effect: string, Condition?: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: effect, Principal: "*", Action: "*", Resource: "*", Condition }],
  });
const outsiders = document("Deny", { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } });
const secret = resource(Secret, "token", { name: "orders/token" }, { outputs: { arn: "arn:of:token" } });
const policy = (text: string, refers = { secretArn: [secret] }) =>
  resource(SecretPolicy, "token", { secretArn: unknownYet, policy: text }, { refers });
const problem = "no policy in this stack denies whoever is not meant";

testRule(restrictivePolicy, {
  passes: {
    "denied by a policy, in a preview": [secret, policy(outsiders)],
    "in the secret itself": resource(Secret, "token", { policy: outsiders }),
    "a policy that isn't known yet": [secret, policy(unknownYet)],
  },
  breaks: {
    "no policy": [secret, problem],
    "no denial": [
      [secret, policy(document("Allow", { Bool: { "aws:SecureTransport": "true" } }))],
      ["token", problem],
    ],
    "a denial of everybody": [
      [secret, policy(document("Deny"))],
      ["token", problem],
    ],
  },
});
