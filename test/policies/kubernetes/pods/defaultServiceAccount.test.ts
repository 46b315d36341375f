import { defaultServiceAccount } from "../../../../policies/kubernetes/pods/defaultServiceAccount";
import { unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { deployment, kindsOf } from "../workloads";

const containers = [{ name: "api", image: "api" }];

testRule(defaultServiceAccount, {
  passes: {
    "no token": deployment({ containers, automountServiceAccountToken: false }),
    "an account of its own": deployment({ containers, serviceAccountName: "api" }),
    "by the old name": deployment({ containers, serviceAccount: "api" }),
    "an account that isn't known yet": deployment({ containers, serviceAccountName: unknownYet }),
  },
  breaks: {
    ...Object.fromEntries(
      Object.entries(kindsOf({ containers })).map(([kind, [program, path]]) => [
        kind,
        [program, `${path} mounts a token, and names no ServiceAccount of its own`],
      ]),
    ),
    "by its name, with a token": [
      deployment({ containers, serviceAccountName: "default", automountServiceAccountToken: true }),
      "spec.template.spec mounts a token, and names no ServiceAccount of its own",
    ],
  },
});
