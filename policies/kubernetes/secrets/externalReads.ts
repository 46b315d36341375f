import { at, itemsOf, type Value } from "../../value";

const ofExternalSecrets = (kind: string) =>
  ["v1", "v1beta1", "v1alpha1"].map((version) => `kubernetes:external-secrets.io/${version}:${kind}`);

export const externalSecretTypes = ofExternalSecrets("ExternalSecret") as [string, ...string[]];
/** With what else reads secrets of a cloud into a namespace, or writes them from there. */
export const externalReadTypes = [
  ...externalSecretTypes,
  ...ofExternalSecrets("SecretStore"),
  ...ofExternalSecrets("PushSecret"),
  ...["v1", "v1alpha1"].map((version) => `kubernetes:secrets-store.csi.x-k8s.io/${version}:SecretProviderClass`),
] as [string, ...string[]];

/** What is read, and where that stands. */
export interface Read {
  path: string;
  key: Value;
}

/** What an ExternalSecret reads of its store: https://external-secrets.io/latest/api/externalsecret/ */
export function remoteKeysOf(spec: Value): Read[] {
  const data = itemsOf(at(spec, "data")).map(
    (entry, index): Read => ({
      path: `spec.data[${index}].remoteRef.key`,
      key: at(entry, "remoteRef", "key"),
    }),
  );
  const all = itemsOf(at(spec, "dataFrom")).flatMap((entry, index): Read[] => [
    { path: `spec.dataFrom[${index}].extract.key`, key: at(entry, "extract", "key") },
    { path: `spec.dataFrom[${index}].find.path`, key: at(entry, "find", "path") },
    { path: `spec.dataFrom[${index}].find.name.regexp`, key: at(entry, "find", "name", "regexp") },
    // The form of v1alpha1.
    { path: `spec.dataFrom[${index}].key`, key: at(entry, "key") },
  ]);
  return [...data, ...all].filter(({ key }) => key !== undefined);
}
