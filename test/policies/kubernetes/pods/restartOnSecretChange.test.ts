import { restartOnSecretChange } from "../../../../policies/kubernetes/pods/restartOnSecretChange";
import { unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { deployment, kindsOf } from "../workloads";

const pods = (name: string) => ({
  containers: [{ name: "api", env: [{ name: "TOKEN", valueFrom: { secretKeyRef: { name, key: "value" } } }] }],
});
const problem = "is read once, when a pod starts, and nothing replaces pods for a new value";
const fixed = pods("api-token");
const kinds = kindsOf(fixed);
const rolling = ["Deployment", "StatefulSet", "DaemonSet"];

testRule(restartOnSecretChange, {
  passes: {
    "Reloader, by name": deployment(fixed, { "secret.reloader.stakater.com/reload": "api-token" }),
    "Reloader finds it, from the template": deployment(fixed, {}, { "reloader.stakater.com/auto": "true" }),
    Wave: deployment(fixed, { "wave.pusher.com/update-on-config-change": "true" }),
    "a checksum in the template": deployment(fixed, {}, { "checksum/secret": "b5bb9d8014a0f9b1d61e21e796d78dcc" }),
    "the secret's version in the template": deployment(fixed, {}, { "secrets.example.com/api-token": "42" }),
    "a version of Google Cloud, by a binding": deployment(
      fixed,
      {},
      { "secrets.vantedge.run/a": "7@2026-11-25T15:01:23Z" },
    ),
    "no version yet, by a binding": deployment(fixed, {}, { "secrets.vantedge.run/a": "none" }),
    "a version that isn't known yet": deployment(fixed, {}, { "secrets.example.com/api-token": unknownYet }),
    "a name by Pulumi": deployment(pods("api-token-0f3a9c1d")),
    "a name by Kustomize": deployment(pods("api-token-5t9k4m2bch")),
    "a name with a version": deployment(pods("api-token-v3")),
    "a name that isn't known yet": deployment(pods(unknownYet)),
    "a file": deployment({
      containers: [{ name: "api", volumeMounts: [{ name: "token", mountPath: "/etc/token" }] }],
      volumes: [{ name: "token", secret: { secretName: "api-token" } }],
    }),
    ...Object.fromEntries(
      Object.entries(kinds).flatMap(([kind, [program]]) => (rolling.includes(kind) ? [] : [[kind, program]])),
    ),
  },
  breaks: {
    ...Object.fromEntries(
      rolling.map((kind) => [
        kind,
        [kinds[kind]?.[0] as never, `${kinds[kind]?.[1]}.containers[0].env[0].valueFrom.secretKeyRef ${problem}`],
      ]),
    ),
    "Reloader is kept away": [
      deployment(fixed, { "reloader.stakater.com/auto": "false" }),
      `spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef ${problem}`,
    ],
    "other annotations": [
      deployment(fixed, { "checksum/secret": "1" }, { "prometheus.io/port": "9090", "example.com/secret-path": "a/b" }),
      `spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef ${problem}`,
    ],
    "all keys": [
      deployment({ containers: [{ name: "api", envFrom: [{ secretRef: { name: "api-token" } }] }] }),
      `spec.template.spec.containers[0].envFrom[0].secretRef ${problem}`,
    ],
  },
});
