import { literalOutput } from "../../../../policies/vantedge/literals/literalOutput";
import { raw, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

// In parts, so that no scanner of this repository finds it.
const token = ["ghp", "_", "a1B2c3D4e5".repeat(3), "abcdef"].join("");
const exporting = (outputs: Record<string, unknown>) => raw("pulumi:pulumi:Stack", "orders-dev", {}, { outputs });
const named = "is a literal under the name of a secret";

testRule(literalOutput, {
  passes: {
    "no outputs": exporting({}),
    "names and ARNs": exporting({
      secretArn: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf",
      token: { id: "projects/main/secrets/token" },
      endpoint: "https://api.example.com",
    }),
    "not known yet": exporting({ password: unknownYet }),
  },
  breaks: {
    "under the name of a secret": [
      exporting({ databasePassword: "hunter2-of-orders" }),
      `outputs.databasePassword ${named}`,
    ],
    "a credential": [exporting({ result: token }), "outputs.result looks like a credential"],
    within: [
      exporting({ database: { host: "db.internal", password: "hunter2-of-orders" }, tokens: ["x", token] }),
      `outputs.database.password ${named}`,
      `outputs.tokens[0] ${named}`,
      "outputs.tokens[1] looks like a credential",
    ],
  },
});
