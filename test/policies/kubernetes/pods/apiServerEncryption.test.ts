import { apiServerEncryption } from "../../../../policies/kubernetes/pods/apiServerEncryption";
import { unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { deployment, kindsOf } from "../workloads";

const server = (...flags: string[]) => [{ name: "main", command: ["kube-apiserver", "--secure-port=6443", ...flags] }];

testRule(apiServerEncryption, {
  passes: {
    encrypted: deployment({ containers: server("--encryption-provider-config=/etc/encryption.yaml") }),
    "encrypted, in two words": deployment({
      containers: [
        { name: "main", command: ["/usr/bin/kube-apiserver"], args: ["--encryption-provider-config", "/etc/e.yaml"] },
      ],
    }),
    "a flag that isn't known yet": deployment({ containers: server(unknownYet) }),
    "something else": deployment({ containers: [{ name: "api", command: ["node", "kube-apiserver-proxy.js"] }] }),
  },
  breaks: {
    "not encrypted": [
      kindsOf({ containers: server() }).Pod?.[0] as never,
      "spec.containers[0] starts kube-apiserver without --encryption-provider-config",
    ],
    "by its path, in arguments": [
      deployment({ containers: [{ name: "api", args: ["/usr/local/bin/kube-apiserver"] }] }),
      "spec.template.spec.containers[0] starts kube-apiserver without --encryption-provider-config",
    ],
  },
});
