import { Secret } from "@pulumi/aws/secretsmanager";
import { described } from "../../../../policies/aws/secretsManager/described";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const secret = resource(Secret, "token", { description: "Payments" });

testRule(described, {
  passes: { "with a description": secret },
  breaks: {
    "left out": [but(secret, { description: undefined }), "description is missing"],
    empty: [but(secret, { description: "" }), "description is missing"],
  },
});
