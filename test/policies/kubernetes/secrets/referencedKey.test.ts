import { Secret } from "@pulumi/kubernetes/core/v1";
import { referencedKey } from "../../../../policies/kubernetes/secrets/referencedKey";
import { but, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { deployment } from "../workloads";

const secret = resource(Secret, "token", {
  metadata: { name: "api-token" },
  stringData: { value: "of-the-token" },
  data: { other: "b2YtdGhlLXRva2Vu" },
});
const pods = (reference: object) =>
  deployment({
    containers: [
      {
        name: "main",
        env: [{ name: "X", valueFrom: { secretKeyRef: { name: "api-token", key: "value", ...reference } } }],
      },
    ],
  });
const problem = "spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key is no key of its Secret";

testRule(referencedKey, {
  passes: {
    text: [secret, pods({})],
    base64: [secret, pods({ key: "other" })],
    "the pods start without it": [secret, pods({ key: "missing", optional: true })],
    "a Secret of another stack": [secret, pods({ name: "others", key: "missing" })],
    "a Secret of another namespace": [
      but(secret, { metadata: { name: "api-token", namespace: "other" } }),
      pods({ key: "missing" }),
    ],
    "a name that isn't known yet": [secret, pods({ name: unknownYet, key: "missing" })],
    "somebody else fills it": [but(secret, { stringData: undefined, data: undefined }), pods({ key: "missing" })],
  },
  breaks: {
    "no such key": [
      [secret, pods({ key: "Value" })],
      ["api", problem],
    ],
    "in the namespace that is meant where none is named": [
      [but(secret, { metadata: { name: "api-token", namespace: "default" } }), pods({ key: "missing" })],
      ["api", problem],
    ],
  },
});
