import * as pulumi from "@pulumi/pulumi";
import type { Injection } from "../../components/kubernetes/injection";

export const key = { name: "KEY", valueFrom: { secretKeyRef: { name: "agent-a-6b86b273", key: "value" } } };
export const volume = { name: "vantedge-1", projected: { sources: [{ secret: { name: "agent-a-6b86b273" } }] } };
export const mount = { name: "vantedge-1", mountPath: "/etc/secrets", readOnly: true };

/** What an injection's fields and Outputs hold. */
type Held = { [Field in keyof Injection]: pulumi.Unwrap<Injection[Field]> };

/** What the binding `agent` of a Deployment gives: a variable and a directory, where nothing else is said. */
export function injection(more: Partial<Held> = {}): Injection {
  const env = more.env ?? [key];
  return {
    bindingName: more.bindingName ?? "agent",
    namespace: more.namespace ?? "apps",
    workload: more.workload ?? "Deployment",
    initContainers: more.initContainers ?? false,
    envNames: env.map(({ name }) => name),
    env: pulumi.output(env),
    envFrom: pulumi.output(more.envFrom ?? []),
    volumes: pulumi.output(more.volumes ?? [volume]),
    volumeMounts: more.volumeMounts ?? [mount],
    imagePullSecrets: pulumi.output(more.imagePullSecrets ?? []),
    podAnnotations: pulumi.output(more.podAnnotations ?? {}),
    workloadAnnotations: pulumi.output(more.workloadAnnotations ?? {}),
    serviceAccountName: pulumi.output(more.serviceAccountName ?? ""),
  };
}

/** Gives nothing. */
export const nothing = { env: [], volumes: [], volumeMounts: [] };
