/** Published checks that no program can answer. */
export const notDecidable: { ids: string[]; title: string; reason: string }[] = [
  {
    ids: ["CIS Kubernetes 2.0.1 1.2.28"],
    title: "The provider that encrypts Secrets in etcd is a strong one",
    reason: "which one it is stands in a file on the control plane's own disk, which no program of Pulumi writes",
  },
];
