import { wildcardPolicy } from "../../../../policies/aws/secretsManager/wildcardPolicy";
import { testRule } from "../../support/ruleTest";
import { inSecret, withStatement } from "./policies";

const to = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/app" }, Resource: "*" };
const problem = "policy.Statement[0].Action is a wildcard";

testRule(wildcardPolicy, {
  passes: {
    "named actions": withStatement({ ...to, Action: ["secretsmanager:GetSecretValue"] }),
    "a denial": withStatement({ ...to, Effect: "Deny", Action: "*" }),
  },
  breaks: {
    everything: [withStatement({ ...to, Action: "*" }), problem],
    "all of the service": [withStatement({ ...to, Action: "secretsmanager:*" }), problem],
    "in another case": [withStatement({ ...to, Action: ["SecretsManager:*"] }), problem],
    "in the secret itself": [inSecret({ ...to, Action: "secretsmanager:*" }), problem],
    "all but some": [
      withStatement({ ...to, NotAction: "secretsmanager:DeleteSecret" }),
      "policy.Statement[0].NotAction allows all but some actions",
    ],
  },
});
