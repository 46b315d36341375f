import { secretSubPath } from "../../../../policies/kubernetes/pods/secretSubPath";
import { unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { deployment, kindsOf } from "../workloads";

const mounted = (volume: object, mount: object = { subPath: "token" }) => ({
  containers: [{ name: "api", volumeMounts: [{ name: "token", mountPath: "/etc/token", ...mount }] }],
  volumes: [{ name: "token", ...volume }],
});
const secret = { secret: { secretName: "api-token" } };
const problem = "volumeMounts[0] has a subPath of a secret, and nothing replaces pods for a new value";

testRule(secretSubPath, {
  passes: {
    "the whole directory": deployment(mounted(secret, {})),
    "no secret": deployment(mounted({ configMap: { name: "settings" } })),
    Reloader: deployment(mounted(secret), { "reloader.stakater.com/auto": "true" }),
    "a name by Pulumi": deployment(mounted({ secret: { secretName: "api-token-0f3a9c1d" } })),
    "a name that isn't known yet": deployment(mounted({ secret: { secretName: unknownYet } })),
    "a Job starts afresh": kindsOf(mounted(secret)).Job?.[0] as never,
  },
  breaks: {
    "a Secret": [deployment(mounted(secret)), `spec.template.spec.containers[0].${problem}`],
    "an expression": [
      deployment(mounted(secret, { subPathExpr: "$(NAME)" })),
      `spec.template.spec.containers[0].${problem}`,
    ],
    "a projected Secret": [
      deployment(mounted({ projected: { sources: [{ secret: { name: "api-token" } }] } })),
      `spec.template.spec.containers[0].${problem}`,
    ],
    "the Secrets Store CSI driver": [
      deployment(
        mounted({
          csi: { driver: "secrets-store.csi.k8s.io", volumeAttributes: { secretProviderClass: "api-token" } },
        }),
      ),
      `spec.template.spec.containers[0].${problem}`,
    ],
  },
});
