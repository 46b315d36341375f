import { Key, KeyPolicy, ReplicaKey } from "@pulumi/aws/kms";
import { publicKey } from "../../../../policies/aws/kms/publicKey";
import { resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const text = (statement: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "kms:*", Resource: "*", ...statement }],
  });
const key = (statement: object) => resource(Key, "orders", { policy: text(statement) });
const problem = "policy.Statement[0].Principal is everybody";

testRule(publicKey, {
  passes: {
    "the account": key({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
    "everybody of the account, through a service": key({
      Principal: { AWS: "*" },
      Condition: {
        StringEquals: { "kms:CallerAccount": "111122223333", "kms:ViaService": "ebs.us-east-1.amazonaws.com" },
      },
    }),
    "everybody denied": key({ Effect: "Deny", Principal: "*" }),
    "no policy": resource(Key, "orders", {}),
  },
  breaks: {
    "the star": [key({ Principal: "*" }), problem],
    "the star of AWS": [key({ Principal: { AWS: ["*"] } }), problem],
    "a key policy of its own": [
      resource(KeyPolicy, "orders", { keyId: "1234", policy: text({ Principal: "*" }) }),
      problem,
    ],
    "a replica": [
      resource(ReplicaKey, "orders", { primaryKeyArn: "arn:of:key", policy: text({ Principal: "*" }) }),
      problem,
    ],
  },
});
