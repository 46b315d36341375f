import { collectionOf, type KubernetesObject, kubernetes } from "./kubernetes";

/** The account that a store of its namespace reads with: IRSA takes the role from its annotation. */
export function reader(namespace: string, name: string, roleArn: string): KubernetesObject {
  const metadata = { name, namespace, annotations: { "eks.amazonaws.com/role-arn": roleArn } };
  return { apiVersion: "v1", kind: "ServiceAccount", metadata } as KubernetesObject;
}

/** A store that reads only what its prefix begins. */
export function secretStore(namespace: string, name: string, prefix: string, readerName: string): KubernetesObject {
  const auth = { jwt: { serviceAccountRef: { name: readerName } } };
  const spec = { provider: { aws: { service: "SecretsManager", region: "us-east-1", prefix, auth } } };
  return custom("SecretStore", namespace, name, spec);
}

/** One secret as the key `value` of a Secret of the same name, out of the store of that name. */
export function externalSecret(
  namespace: string,
  name: string,
  store: string,
  remoteRef: { key: string; version?: string },
  more: { target?: object; [field: string]: unknown } = {},
): KubernetesObject {
  const { target, ...fields } = more;
  return custom("ExternalSecret", namespace, name, {
    refreshInterval: "2s",
    ...fields,
    secretStoreRef: { kind: "SecretStore", name: store },
    target: { name, ...target },
    data: [{ secretKey: "value", remoteRef }],
  });
}

function custom(kind: string, namespace: string, name: string, spec: object): KubernetesObject {
  return { apiVersion: "external-secrets.io/v1", kind, metadata: { name, namespace }, spec } as KubernetesObject;
}

export async function create(...objects: KubernetesObject[]): Promise<void> {
  for (const object of objects) {
    const { status, body } = await kubernetes("POST", await collectionOf(object), object);
    if (status !== 201) throw new Error(`${object.kind} ${object.metadata.name}: ${JSON.stringify(body)}`);
  }
}

/** Deletes the ExternalSecrets first: their finalizers need the operator, and a store that is there. */
export async function deleteNamespace(name: string): Promise<void> {
  await kubernetes("DELETE", `/apis/external-secrets.io/v1/namespaces/${name}/externalsecrets`);
  await kubernetes("DELETE", `/api/v1/namespaces/${name}`);
}

export interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
}

/** The conditions that an ExternalSecret or a SecretStore has now. */
export async function conditionsOf(
  kind: "ExternalSecret" | "SecretStore",
  namespace: string,
  name: string,
): Promise<Condition[]> {
  const collection = await collectionOf(custom(kind, namespace, name, {}));
  const { body } = await kubernetes("GET", `${collection}/${name}`);
  return (body as { status?: { conditions?: Condition[] } }).status?.conditions ?? [];
}
