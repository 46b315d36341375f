import { Secret } from "@pulumi/aws/secretsmanager";
import { tagged } from "../../../../policies/aws/secretsManager/tagged";
import { but, resource } from "../../support/fixture";
import { testRemedy, testRule } from "../../support/ruleTest";

const secret = resource(Secret, "token", { tags: { team: "payments" } });

testRule(tagged, {
  passes: { "with tags": secret },
  breaks: {
    "left out": [but(secret, { tags: undefined }), "tags are missing"],
    empty: [but(secret, { tags: {} }), "tags are missing"],
  },
});

testRemedy(tagged, but(secret, { tags: undefined }), { tags: { "managed-by": "pulumi" } });
