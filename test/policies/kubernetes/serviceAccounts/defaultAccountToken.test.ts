import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { defaultAccountToken } from "../../../../policies/kubernetes/serviceAccounts/defaultAccountToken";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const account = resource(ServiceAccount, "base", {
  metadata: { name: "default", namespace: "production" },
  automountServiceAccountToken: false,
});

testRule(defaultAccountToken, {
  passes: {
    "no token": account,
    "another account": but(account, { metadata: { name: "api" }, automountServiceAccountToken: true }),
  },
  breaks: {
    "turned on": [but(account, { automountServiceAccountToken: true }), "automountServiceAccountToken is not false"],
    "left out": [
      but(account, { automountServiceAccountToken: undefined }),
      "automountServiceAccountToken is not false",
    ],
  },
});
