import { Secret, SecretRotation } from "@pulumi/aws/secretsmanager";
import { secretRotation } from "../../../../policies/aws/secretsManager/secretRotation";
import { resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const database = resource(Secret, "database", { name: "orders/database" }, { outputs: { arn: "arn:of:database" } });
const token = resource(Secret, "token", { name: "orders/token" }, { outputs: { arn: unknownYet } });
const rotation = (secretId: string, refers = {}) =>
  resource(SecretRotation, "database", { secretId, rotationRules: { automaticallyAfterDays: 30 } }, { refers });

testRule(secretRotation, {
  passes: {
    "rotated, in a preview": [database, rotation(unknownYet, { secretId: [database] })],
  },
  breaks: {
    "none is rotated": [
      [database, token],
      ["database", "nothing in this stack rotates it"],
      ["token", "nothing in this stack rotates it"],
    ],
    "another one is rotated, named by its ARN": [
      [database, token, rotation("arn:of:database")],
      ["token", "nothing in this stack rotates it"],
    ],
  },
});
