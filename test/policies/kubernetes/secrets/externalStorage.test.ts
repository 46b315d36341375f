import { Secret } from "@pulumi/kubernetes/core/v1";
import { externalStorage } from "../../../../policies/kubernetes/secrets/externalStorage";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const secret = resource(Secret, "token", { metadata: { name: "token" }, stringData: { value: "of-the-token" } });

testRule(externalStorage, {
  passes: {
    "Kubernetes fills it": but(secret, { stringData: undefined, type: "kubernetes.io/service-account-token" }),
    "somebody else fills it": but(secret, { stringData: undefined }),
  },
  breaks: {
    text: [secret, "stringData is written by the program"],
    base64: [
      but(secret, { stringData: undefined, data: { value: "b2YtdGhlLXRva2Vu" } }),
      "data is written by the program",
    ],
    "a certificate": [but(secret, { type: "kubernetes.io/tls" }), "stringData is written by the program"],
  },
});
