import { shortHash } from "../../../components/binding/delivered";
import { answers, bindingLabels, bound, podIdentity } from "../../support/bindings";
import { accountId } from "../../support/fixtures";
import { only, reloaderAt, summary } from "../../support/mocks";

const classType = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
const csi = { delivery: "csi" } as const;
const volume = (path: string) => `vantedge-${shortHash(path)}`;
/** The specification of a class, with its objects read from their JSON. */
function specOf(resources: Parameters<typeof only>[0], name: string) {
  const { spec } = only(resources, classType, name).inputs as { spec: { parameters: { objects: string } } };
  return { ...spec, parameters: { ...spec.parameters, objects: JSON.parse(spec.parameters.objects) } };
}

test("files: a class and a volume for each directory, no Kubernetes Secret, and the pod reads as itself", async () => {
  const { resources, result } = await bound({
    ...csi,
    env: {},
    files: {
      "/etc/keys": { secrets: ["a"], items: { "db.user": { secret: "db", field: "user-name", mode: "0400" } } },
      "/etc/more": { items: { b: { secret: "a" } }, mode: "0444" },
    },
  });
  const [keys, more] = ["/etc/keys", "/etc/more"].map((path) => `agent-${shortHash(path)}`) as [string, string];
  expect(
    summary(resources)
      .filter((line) => line.startsWith("kubernetes"))
      .sort(),
  ).toEqual([
    "kubernetes:core/v1:ServiceAccount agent-reader",
    ...[`${classType} agent--${keys}-class`, `${classType} agent--${more}-class`].sort(),
  ]);
  expect(only(resources, classType, `agent--${keys}-class`).inputs).toMatchObject({
    apiVersion: "secrets-store.csi.x-k8s.io/v1",
    metadata: { name: keys, namespace: "apps", labels: bindingLabels },
  });
  expect(specOf(resources, `agent--${keys}-class`)).toEqual({
    provider: "aws",
    parameters: {
      region: "us-east-1",
      objects: [
        { objectName: "vantedge/production/a", objectType: "secretsmanager", objectAlias: "a", filePermission: "0440" },
        {
          objectName: "vantedge/production/db",
          objectType: "secretsmanager",
          objectAlias: ".--db",
          filePermission: "0400",
          jmesPath: [{ path: '"user-name"', objectAlias: "db.user", filePermission: "0400" }],
        },
      ],
    },
  });
  expect(specOf(resources, `agent--${more}-class`).parameters.objects).toMatchObject([
    { objectAlias: "b", filePermission: "0444" },
  ]);
  const csiVolume = (path: string, secretProviderClass: string) => ({
    name: volume(path),
    csi: { driver: "secrets-store.csi.k8s.io", readOnly: true, volumeAttributes: { secretProviderClass } },
  });
  expect(result).toMatchObject({
    volumes: [csiVolume("/etc/keys", keys), csiVolume("/etc/more", more)],
    volumeMounts: [
      { name: volume("/etc/keys"), mountPath: "/etc/keys", readOnly: true },
      { name: volume("/etc/more"), mountPath: "/etc/more", readOnly: true },
    ],
    env: [],
    serviceAccountName: "agent-reader",
  });
});

test("variables: the driver keeps a Secret of what a pod mounts, so they are mounted as well", async () => {
  const env = { A: { secret: "a" }, USER: { secret: "db", field: "user" } };
  const { resources, result } = await bound({ ...csi, env }, { calls: answers });
  const spec = specOf(resources, "agent--agent-class") as unknown as { secretObjects: object[] };
  expect(spec.secretObjects).toEqual([
    { secretName: "agent-a", type: "Opaque", data: [{ objectName: "a", key: "value" }] },
    { secretName: "agent-db", type: "Opaque", data: [{ objectName: "db.user", key: "user" }] },
  ]);
  expect(result).toMatchObject({
    env: [
      { name: "A", valueFrom: { secretKeyRef: { name: "agent-a", key: "value" } } },
      { name: "USER", valueFrom: { secretKeyRef: { name: "agent-db", key: "user" } } },
    ],
    volumeMounts: [{ mountPath: "/var/run/secrets/vantedge/agent", readOnly: true }],
    podAnnotations: { "secrets.vantedge.run/a": "v-7", "secrets.vantedge.run/db": "v-7" },
  });
});

test("Pod Identity is said to the provider, and an adopted secret is named by its ARN", async () => {
  const arn = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy/db-AbCdEf`;
  const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/legacy`;
  const workspace = { ...podIdentity, adopted: [{ secretName: "old", arn, keyArn }] };
  const { resources } = await bound({ ...csi, workspace, env: {}, files: { "/k": { secrets: ["old"] } } });
  expect(specOf(resources, `agent--agent-${shortHash("/k")}-class`).parameters).toEqual({
    region: "us-east-1",
    usePodIdentity: "true",
    objects: [{ objectName: arn, objectAlias: "old", filePermission: "0440" }],
  });
});

test("Reloader goes by the class", async () => {
  reloaderAt.mockResolvedValue({ state: "there" });
  const { result } = await bound(csi);
  expect(result.workloadAnnotations).toEqual({ "secretproviderclass.reloader.stakater.com/reload": "agent" });
  expect(result.podAnnotations).toEqual({});
});
