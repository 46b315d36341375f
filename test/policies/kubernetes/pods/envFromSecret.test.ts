import { envFromSecret } from "../../../../policies/kubernetes/pods/envFromSecret";
import { testRule } from "../../support/ruleTest";
import { deployment, kindsOf } from "../workloads";

const reference = { name: "TOKEN", valueFrom: { secretKeyRef: { name: "api-token", key: "value" } } };

testRule(envFromSecret, {
  passes: {
    "a file": deployment({
      containers: [{ name: "api", image: "api", volumeMounts: [{ name: "token", mountPath: "/etc/token" }] }],
      volumes: [{ name: "token", secret: { secretName: "api-token" } }],
    }),
    "a variable from a ConfigMap": deployment({
      containers: [
        {
          name: "api",
          image: "api",
          env: [{ name: "HOST", valueFrom: { configMapKeyRef: { name: "settings", key: "host" } } }],
          envFrom: [{ configMapRef: { name: "settings" } }],
        },
      ],
    }),
  },
  breaks: {
    ...Object.fromEntries(
      Object.entries(kindsOf({ containers: [{ name: "api", env: [reference] }] })).map(([kind, [program, path]]) => [
        kind,
        [program, `${path}.containers[0].env[0].valueFrom.secretKeyRef puts a secret into the environment`],
      ]),
    ),
    "all keys, in an init container": [
      deployment({
        containers: [{ name: "api" }],
        initContainers: [{ name: "init", envFrom: [{ secretRef: { name: "api-token" } }] }],
      }),
      "spec.template.spec.initContainers[0].envFrom[0].secretRef puts a secret into the environment",
    ],
  },
});
