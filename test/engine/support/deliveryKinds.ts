import { setTimeout as sleep } from "node:timers/promises";
import { kubernetes } from "./kubernetes";

/** The kinds that deliver, by group and version, with any content: what is on trial is not their schema. */
const kinds: [group: string, version: string, kind: string][] = [
  ["external-secrets.io", "v1", "ExternalSecret"],
  ["external-secrets.io", "v1", "SecretStore"],
  ["external-secrets.io", "v1alpha1", "PushSecret"],
  ["secrets-store.csi.x-k8s.io", "v1", "SecretProviderClass"],
];

const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** Defines those that the cluster doesn't know yet. Returns what takes them away again. */
export async function defineDeliveryKinds(): Promise<() => Promise<void>> {
  const made: string[] = [];
  for (const [group, version, kind] of kinds) {
    const definition = definitionOf(group, version, kind);
    const { status } = await kubernetes("POST", definitions, definition);
    if (status === 201) made.push(definition.metadata.name);
    await untilServed(`/apis/${group}/${version}/${definition.spec.names.plural}`);
  }
  return async () => {
    for (const name of made) await kubernetes("DELETE", `${definitions}/${name}`);
  };
}

function definitionOf(group: string, version: string, kind: string) {
  const plural = pluralOf(kind);
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
    },
  };
}

export function pluralOf(kind: string): string {
  return kind.endsWith("s") ? `${kind.toLowerCase()}es` : `${kind.toLowerCase()}s`;
}

async function untilServed(place: string): Promise<void> {
  const end = performance.now() + 30_000;
  while ((await kubernetes("GET", place)).status !== 200) {
    if (performance.now() > end) throw new Error(`${place} is not served after 30 s`);
    await sleep(100);
  }
}
