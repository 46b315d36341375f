import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import { mountedToken } from "../../../../policies/kubernetes/serviceAccounts/mountedToken";
import { but, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { deployment } from "../workloads";

const account = resource(ServiceAccount, "api-account", {
  metadata: { name: "api-account" },
  automountServiceAccountToken: false,
});
const mounting = but(account, { automountServiceAccountToken: undefined });
const pods = (spec: object) =>
  deployment({ containers: [{ name: "main" }], serviceAccountName: "api-account", ...spec });
const problem = "spec.template.spec mounts the token of its ServiceAccount without saying so";

testRule(mountedToken, {
  passes: {
    "the account gives none": [account, pods({})],
    "the pods take none": [mounting, pods({ automountServiceAccountToken: false })],
    "the pods want it": [mounting, pods({ automountServiceAccountToken: true })],
    "an account of another namespace": [
      but(mounting, { metadata: { name: "api-account", namespace: "other" } }),
      pods({}),
    ],
    "an account of another stack": [mounting, pods({ serviceAccountName: "others" })],
    "a name that isn't known yet": [mounting, pods({ serviceAccountName: unknownYet })],
  },
  breaks: {
    "left out": [
      [mounting, pods({})],
      ["api", problem],
    ],
    "turned on for all": [
      [but(account, { automountServiceAccountToken: true }), pods({})],
      ["api", problem],
    ],
    "in the namespace that is meant where none is named": [
      [but(mounting, { metadata: { name: "api-account", namespace: "default" } }), pods({})],
      ["api", problem],
    ],
  },
});
