import { DeploymentPatch } from "@pulumi/kubernetes/apps/v1";
import { literalEnv } from "../../../../policies/kubernetes/pods/literalEnv";
import { raw, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { deployment, kindsOf } from "../workloads";

// In parts, so that no scanner of this repository finds it.
const token = ["ghp", "_", "a1B2c3D4e5".repeat(3), "abcdef"].join("");
const literal = { name: "DATABASE_PASSWORD", value: "hunter2-of-orders" };
const named = "is a literal under the name of a secret";
const credential = "looks like a credential";

testRule(literalEnv, {
  passes: {
    "what is no secret": deployment({
      containers: [
        {
          name: "api",
          env: [
            { name: "LOG_LEVEL", value: "debug" },
            { name: "TOKEN_TTL", value: "3600" },
            { name: "MYSQL_ALLOW_EMPTY_PASSWORD", value: "yes" },
            { name: "DATABASE_PASSWORD_FILE", value: "/etc/secrets/password" },
            { name: "SECRET_ARN", value: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf" },
            { name: "DATABASE_PASSWORD", value: "$(POSTGRES_PASSWORD)" },
            { name: "API_TOKEN", value: "" },
          ],
          args: ["--port=8080", "--config=/etc/api/config.yaml"],
        },
      ],
    }),
    "a reference": deployment({
      containers: [
        { name: "api", env: [{ name: "API_TOKEN", valueFrom: { secretKeyRef: { name: "api-token", key: "value" } } }] },
      ],
    }),
  },
  breaks: {
    ...Object.fromEntries(
      Object.entries(kindsOf({ containers: [{ name: "api", env: [literal] }] })).map(([kind, [program, path]]) => [
        kind,
        [program, `${path}.containers[0].env[0].value ${named}`],
      ]),
    ),
    "a credential under any name, in every list of containers": [
      deployment({
        containers: [
          {
            name: "api",
            env: [
              { name: "LOG_LEVEL", value: "debug" },
              { name: "X", value: token },
            ],
          },
        ],
        initContainers: [{ name: "init", env: [{ name: "X", value: token }] }],
      }),
      `spec.template.spec.containers[0].env[1].value ${credential}`,
      `spec.template.spec.initContainers[0].env[0].value ${credential}`,
    ],
    "an argument and a command": [
      deployment({ containers: [{ name: "api", args: ["serve", `--token=${token}`], command: ["sh", "-c", token] }] }),
      `spec.template.spec.containers[0].command[2] ${credential}`,
      `spec.template.spec.containers[0].args[1] ${credential}`,
    ],
    "a patch": [
      resource(DeploymentPatch, "api", {
        metadata: { name: "api" },
        spec: { template: { spec: { containers: [{ name: "api", env: [literal] }] } } },
      }),
      `spec.template.spec.containers[0].env[0].value ${named}`,
    ],
    "another's custom resource": [
      raw("kubernetes:argoproj.io/v1alpha1:Rollout", "api", {
        spec: { template: { spec: { containers: [{ name: "api", env: [literal] }] } } },
      }),
      `spec.template.spec.containers[0].env[0].value ${named}`,
    ],
  },
});
