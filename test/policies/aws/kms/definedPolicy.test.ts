import { Key, KeyPolicy } from "@pulumi/aws/kms";
import { definedPolicy } from "../../../../policies/aws/kms/definedPolicy";
import { resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const key = resource(Key, "orders", {}, { outputs: { id: "1234", arn: "arn:of:key" } });
const policy = (keyId: string, refers = {}) => resource(KeyPolicy, "orders", { keyId, policy: "{}" }, { refers });
const problem = "policy is missing, and so IAM alone says who uses it";

testRule(definedPolicy, {
  passes: {
    "in the key": resource(Key, "orders", { policy: "{}" }),
    "beside it, in a preview": [key, policy(unknownYet, { keyId: [key] })],
  },
  breaks: {
    none: [key, problem],
    "another key's": [
      [key, policy("5678")],
      ["orders", problem],
    ],
  },
});
