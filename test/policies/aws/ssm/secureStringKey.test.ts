import { Parameter } from "@pulumi/aws/ssm";
import { secureStringKey } from "../../../../policies/aws/ssm/secureStringKey";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const parameter = resource(Parameter, "token", { type: "SecureString", value: "canary", keyId: "alias/orders" });
const problem = "keyId names no key of the customer's";

testRule(secureStringKey, {
  passes: { "a key of its own": parameter, "no SecureString": but(parameter, { type: "String", keyId: undefined }) },
  breaks: {
    "left out": [but(parameter, { keyId: undefined }), problem],
    "AWS's own": [but(parameter, { keyId: "alias/aws/ssm" }), problem],
  },
});
