import { kubernetes, secretsIn } from "./kubernetes";

interface Pod {
  containers: [
    {
      env?: { name: string; valueFrom?: { secretKeyRef: { name: string; key: string } } }[];
      envFrom?: { secretRef: { name: string } }[];
      volumeMounts?: { name: string; mountPath: string }[];
    },
  ];
  volumes?: { name: string; secret?: { secretName: string; items: Item[] }; projected?: { sources: Source[] } }[];
}
interface Item {
  key: string;
  path: string;
}
interface Source {
  secret: { name: string; items: Item[] };
}

/** What a kubelet gives to the first container of a Deployment's pods. What it would wait for is undefined. */
export interface Received {
  env: Record<string, string | undefined>;
  files: Record<string, string | undefined>;
}

export async function receivedBy(namespace: string, deployment: string): Promise<Received> {
  const { body } = await kubernetes("GET", `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`);
  const { containers, volumes = [] } = (body as { spec: { template: { spec: Pod } } }).spec.template.spec;
  const { env = [], envFrom = [], volumeMounts = [] } = containers[0];
  const secrets = await secretsIn(namespace);
  const all = envFrom.map(({ secretRef }) => secrets[secretRef.name] ?? { [secretRef.name]: undefined });
  const single = env.flatMap(({ name, valueFrom }) =>
    valueFrom === undefined ? [] : [[name, secrets[valueFrom.secretKeyRef.name]?.[valueFrom.secretKeyRef.key]]],
  );
  const files = volumeMounts.flatMap(({ name, mountPath }) => {
    const { secret, projected } = volumes.find((volume) => volume.name === name) ?? {};
    const whole = secret && { secret: { name: secret.secretName, items: secret.items } };
    const sources = projected?.sources ?? (whole === undefined ? [] : [whole]);
    return sources.flatMap((source) =>
      source.secret.items.map(({ key, path }) => [`${mountPath}/${path}`, secrets[source.secret.name]?.[key]]),
    );
  });
  return { env: { ...Object.assign({}, ...all), ...Object.fromEntries(single) }, files: Object.fromEntries(files) };
}
