import { output } from "@pulumi/pulumi";
import type { MountedFile } from "../../components/backend";
import type { DeliveredSecret } from "../../components/binding/delivered";
import { gcpInCluster } from "../../components/gcp/inCluster";
import { secretProviderClass } from "../../components/kubernetes/csi";
import { syncedClass } from "../../components/kubernetes/secretSync";
import { Workspace, type WorkspaceRef } from "../../index";
import { gcpCalls, gcpProduction, projectId, projectNumber } from "../support/gcp";
import { gke, withAddOn } from "../support/gke";
import { only, run } from "../support/mocks";
import { asked, type Custom } from "./support/admission";
import { eventually } from "./support/eventually";
import { create } from "./support/externalSecrets";
import { collectionOf, type KubernetesObject, kubernetes } from "./support/kubernetes";

const location = "europe-west3";
/** By namespace: a workspace of global secrets, and one of regional secrets. */
const admitted = "google-admitted";
const regional = "google-regional";
const other = "google-other";

const externalSecret = (spec: object): Custom => ({
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name: "agent-api-key" },
  spec: { secretStoreRef: { kind: "SecretStore", name: "agent" }, target: { name: "agent-api-key" }, ...spec },
});
const own = "vantedge--production--api-key";
const data = (key: string, more: object = {}) => ({ data: [{ secretKey: "value", remoteRef: { key }, ...more }] });
const extract = (key: string) => ({ dataFrom: [{ extract: { key } }] });

const serviceAccountRef = { name: "agent-reader" };
const workloadIdentity = { clusterLocation: location, clusterName: "main", serviceAccountRef };
const inPlace = { projectID: projectId, auth: { workloadIdentity } };
const store = (gcpsm: object, beside: object = {}): Custom => ({
  apiVersion: "external-secrets.io/v1",
  kind: "SecretStore",
  metadata: { name: "agent" },
  spec: { provider: { gcpsm, ...beside } },
});

const pushSecret = (spec: object): Custom => ({
  apiVersion: "external-secrets.io/v1alpha1",
  kind: "PushSecret",
  metadata: { name: "agent-api-key" },
  spec: {
    secretStoreRefs: [{ kind: "SecretStore", name: "agent" }],
    selector: { secret: { name: "agent-api-key" } },
    ...spec,
  },
});
const pushed = (remoteKey: string) => ({ data: [{ match: { secretKey: "value", remoteRef: { remoteKey } } }] });

const providerClass = (secrets: string, parameters: object = {}, provider = "gke"): Custom => ({
  apiVersion: "secrets-store.csi.x-k8s.io/v1",
  kind: "SecretProviderClass",
  metadata: { name: "agent" },
  spec: { provider, parameters: { secrets, ...parameters } },
});
const resource = (id: string, place = `projects/${projectId}/`) => `${place}secrets/${id}/versions/latest`;
const entry = (resourceName: string, more: object = {}) => ({ resourceName, path: "api-key", ...more });
const listed = (...entries: object[]) => providerClass(JSON.stringify(entries));
const ownEntry = entry(resource(own));
const foreign = resource("vantedge--payroll--api-key");

/** As bindings of the workspace write them. */
const bindingsStore = (workspace: WorkspaceRef): Custom => ({
  ...store({}),
  spec: { provider: gcpInCluster.store(workspace, "", "agent-reader") },
});
const bindingsClass = (workspace: WorkspaceRef, ...files: MountedFile[]): Custom => ({
  ...listed(),
  spec: gcpInCluster.providerClass(workspace, files),
});
const file = (secretName: string, field?: string, alias = secretName): MountedFile => ({
  secretName,
  field,
  alias,
  mode: "0400",
});
const delivered: DeliveredSecret = { secretName: "db", form: "keys", keys: { "db.user": { field: "db.user" } } };
const syncSpec = {
  workspace: { ...gke, namespace: admitted },
  binding: "agent",
  delivered,
  sync: gcpInCluster.secretSync as NonNullable<typeof gcpInCluster.secretSync>,
  serviceAccount: output("agent-reader"),
  versionId: undefined,
  apiVersions: {
    externalSecrets: "",
    secretsStore: "secrets-store.csi.x-k8s.io/v1",
    secretSync: "secret-sync.gke.io/v1",
  },
};
const bindingsSync: Custom = {
  apiVersion: "secret-sync.gke.io/v1",
  kind: "SecretSync",
  metadata: { name: "agent-db" },
  spec: {
    serviceAccountName: "agent-reader",
    secretProviderClassName: "agent--db",
    secretObject: { type: "Opaque", data: [{ sourcePath: "db--db.user", targetKey: "db.user" }] },
  },
};
const inRegion: WorkspaceRef = { ...gke, location };

const accepted: [string, Custom, string?][] = [
  ["an ExternalSecret by its whole id", externalSecret(data(own))],
  ["one by extract", externalSecret(extract(own))],
  [
    "a generator that makes a value up",
    externalSecret({ dataFrom: [{ sourceRef: { generatorRef: { kind: "Password", name: "p" } } }] }),
  ],
  ["our SecretStore", bindingsStore(gke)],
  ["our store of regional secrets", bindingsStore(inRegion), regional],
  ["a PushSecret of its own secrets", pushSecret(pushed(own))],
  ["our class", bindingsClass(gke, file("api-key"), file("db", "db-url", "db/url"))],
  ["our class of GKE's add-on", bindingsClass(withAddOn, file("api-key"))],
  ["our class of regional secrets", bindingsClass(inRegion, file("api-key"), file("db", "user")), regional],
  ["our class of Secret Sync", secretProviderClass(syncedClass(syncSpec)) as unknown as Custom],
  ["our SecretSync", bindingsSync],
  [
    "ours with as many as a binding takes",
    bindingsClass(
      gke,
      ...Array.from({ length: 300 }, (_, index) => file(`${100 + index}`.padStart(63, "x"), "password")),
    ),
  ],
  ["the project by its number", listed(entry(resource(own, `projects/${projectNumber}/`)))],
  ["a version by its number", listed(entry(`projects/${projectId}/secrets/${own}/versions/7`))],
  ["a file whose name has a quote", listed({ ...ownEntry, path: 'a"b' })],
];

/** The end of each message: what it says to do. */
const messages = {
  store: "set kind: SecretStore in secretStoreRef and in every sourceRef",
  generator: "use one of Fake, Password, SSHKey, UUID",
  find: "replace find, which looks through the whole project, by extract or data",
  keys: "begin every key with vantedge--production--",
  provider: `set provider.gcpsm with projectID: ${projectId} and nothing beside it`,
  place: "leave provider.gcpsm.location out",
  regionalPlace: `set provider.gcpsm.location to ${location}`,
  identity:
    "set provider.gcpsm.auth.workloadIdentity.serviceAccountRef.name, and no secretRef or workloadIdentityFederation",
  push: "set kind: SecretStore and name in every store",
  pushKeys: "begin every remoteKey with vantedge--production--, and list them under data instead of dataTo",
  classProvider: "set provider: gcp, or gke for what is a part of GKE",
  parameters: "set parameters.secrets and nothing beside it",
  secrets: `write [{"resourceName":"projects/${projectId}/secrets/vantedge--production--NAME/versions/latest","path":"NAME"}], with no keys besides mode and extractJSONKey`,
  names: `begin every resourceName with projects/${projectId}/secrets/vantedge--production--`,
  regionalNames: `begin every resourceName with projects/${projectId}/locations/${location}/secrets/vantedge--production--`,
};

const clusterStore = { kind: "ClusterSecretStore", name: "all" };

const refused: [keyof typeof messages, string, Custom, string?][] = [
  ["store", "a store of the whole cluster", externalSecret({ secretStoreRef: clusterStore, ...data(own) })],
  ["store", "the same for one entry", externalSecret(data(own, { sourceRef: { storeRef: clusterStore } }))],
  [
    "generator",
    "a generator with the cloud's credentials",
    externalSecret({ dataFrom: [{ sourceRef: { generatorRef: { kind: "GCRAccessToken", name: "g" } } }] }),
  ],
  ["find", "a search", externalSecret({ dataFrom: [{ find: { name: { regexp: "^vantedge--production--" } } }] })],
  ["keys", "another workspace's secret", externalSecret(data("vantedge--payroll--api-key"))],
  ["keys", "a workspace whose name begins alike", externalSecret(data("vantedge--production-eu--api-key"))],
  ["keys", "the prefix later in the key", externalSecret(data(`x-${own}`))],
  ["keys", "the prefix and no name", externalSecret(data("vantedge--production--"))],
  ["keys", "a path to another project", externalSecret(data(`projects/payroll/secrets/${own}`))],
  ["keys", "a way out of the prefix", externalSecret(data(`${own}/../vantedge--payroll--api-key`))],
  ["keys", "the second of two", externalSecret({ data: [data(own).data[0], data("payroll").data[0]] })],
  ["keys", "another by extract", externalSecret(extract("vantedge--payroll--api-key"))],
  ["keys", "another by extract, beside its own", externalSecret({ ...data(own), ...extract("payroll") })],
  ["provider", "another provider", { ...store({}), spec: { provider: { fake: { data: [] } } } }],
  ["provider", "another project", store({ ...inPlace, projectID: "ai-startup-payroll" })],
  ["provider", "the project of the cluster, unsaid", store({ auth: { workloadIdentity } })],
  ["place", "regional secrets where they are global", store({ ...inPlace, location })],
  ["regionalPlace", "global secrets where they are regional", store(inPlace), regional],
  ["regionalPlace", "another region", store({ ...inPlace, location: "us-east1" }), regional],
  ["identity", "the operator's own identity", store({ projectID: projectId })],
  [
    "identity",
    "a key of a service account",
    store({ ...inPlace, auth: { secretRef: { secretAccessKeySecretRef: { name: "k", key: "json" } } } }),
  ],
  [
    "identity",
    "a federation of one's own",
    store({
      ...inPlace,
      auth: { workloadIdentity, workloadIdentityFederation: { audience: "//iam.googleapis.com/x" } },
    }),
  ],
  [
    "identity",
    "another namespace's ServiceAccount",
    store({
      ...inPlace,
      auth: { workloadIdentity: { ...workloadIdentity, serviceAccountRef: { name: "r", namespace: other } } },
    }),
  ],
  ["push", "a push to a store of the whole cluster", pushSecret({ secretStoreRefs: [clusterStore], ...pushed(own) })],
  [
    "push",
    "a push by label",
    pushSecret({ secretStoreRefs: [{ labelSelector: { matchLabels: { a: "b" } } }], ...pushed(own) }),
  ],
  ["pushKeys", "a push to another workspace's secret", pushSecret(pushed("vantedge--payroll--api-key"))],
  [
    "generator",
    "a push of what a generator fetches",
    pushSecret({ selector: { generatorRef: { kind: "GCRAccessToken", name: "g" } }, ...pushed(own) }),
  ],
  ["classProvider", "another provider of volumes", providerClass(JSON.stringify([ownEntry]), {}, "aws")],
  ["parameters", "the provider's own identity", providerClass(JSON.stringify([ownEntry]), { auth: "provider-adc" })],
  ["secrets", "YAML", providerClass(`- resourceName: "${resource(own)}"\n  path: "a"\n`)],
  ["secrets", "spaces", providerClass(JSON.stringify([ownEntry], null, 1))],
  ["secrets", "an escaped letter", providerClass(`[{"resourceName":"${resource(own)}","path":"\\u0061"}]`)],
  ["secrets", "another key's case", providerClass(`[{"resourceName":"${resource(own)}","ResourceName":"${foreign}"}]`)],
  ["secrets", "another way to say the path", listed({ ...ownEntry, fileName: "b" })],
  [
    "secrets",
    "a mode that is more than a number",
    providerClass(`[{"resourceName":"${resource(own)}","mode":{"a":1}}]`),
  ],
  [
    "secrets",
    "a second document",
    providerClass(`${JSON.stringify([ownEntry])}\n---\n${JSON.stringify([entry(foreign)])}`),
  ],
  ["secrets", "a text that goes on", providerClass(`${JSON.stringify([ownEntry])},`)],
  ["secrets", "a name without quotes", providerClass(`[{"path":"a",resourceName:${foreign}}]`)],
  ["secrets", "a value as a key", providerClass(`[{"path":"resourceName":"${foreign}"}]`)],
  ["secrets", "a merge of another entry", providerClass(`[&a {"resourceName":"${resource(own)}"},{<<: *a}]`)],
  ["secrets", "no secrets", providerClass("[]")],
  ["names", "another workspace's secret in a volume", listed(entry(foreign))],
  ["names", "the second entry", listed(ownEntry, entry(foreign))],
  ["names", "a name given twice", providerClass(`[{"resourceName":"${resource(own)}","resourceName":"${foreign}"}]`)],
  ["names", "another project in a volume", listed(entry(resource(own, "projects/ai-startup-payroll/")))],
  ["names", "a project that begins alike", listed(entry(resource(own, `projects/${projectId}-eu/`)))],
  [
    "names",
    "a regional secret where they are global",
    listed(entry(resource(own, `projects/${projectId}/locations/${location}/`))),
  ],
  ["regionalNames", "a global secret where they are regional", listed(ownEntry), regional],
  [
    "names",
    "a parameter of Parameter Manager",
    listed(entry(`projects/${projectId}/locations/global/parameters/p/versions/1`)),
  ],
];

/** A workspace's policy and the binding of it, as they would be in the cluster. */
async function policyOf(namespace: string, gcp: object): Promise<KubernetesObject[]> {
  const kubernetes = { namespace, admissionPolicy: true };
  const args = { ...gcpProduction, gcp: { projectId, projectNumber, ...gcp }, kubernetes };
  const { resources } = await run(() => new Workspace("production", args), { calls: gcpCalls });
  const type = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
  return [type, `${type}Binding`].map((one) => only(resources, one).inputs as unknown as KubernetesObject);
}

let objects: KubernetesObject[];
beforeAll(async () => {
  const namespaces = [admitted, regional, other].map(
    (name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }) as KubernetesObject,
  );
  objects = [...namespaces, ...(await policyOf(admitted, {})), ...(await policyOf(regional, { location }))];
  await create(...objects);
  // The API server takes a policy up a moment after it was written.
  for (const namespace of [admitted, regional]) {
    await eventually(
      () => asked(externalSecret(data("foreign")), namespace),
      ([status]) => expect(status).toBe(422),
    );
  }
});
afterAll(async () => {
  for (const object of [...objects].reverse()) {
    await kubernetes("DELETE", `${await collectionOf(object)}/${object.metadata.name}`);
  }
});

test.each(accepted)("it takes %s", async (_, object, namespace = admitted) => {
  await expect(asked(object, namespace)).resolves.toEqual([201, ""]);
});

test.each(refused)("it refuses (%s) %s", async (message, _, object, namespace = admitted) => {
  const [status, said] = await asked(object, namespace);
  expect(said).toContain(
    `ValidatingAdmissionPolicy 'vantedge-${namespace}' with binding 'vantedge-${namespace}' denied request: `,
  );
  expect(said.endsWith(messages[message])).toBe(true);
  expect(status).toBe(422);
});

test("it is for the workspace's namespace alone", async () => {
  for (const [, , object] of refused) await expect(asked(object, other)).resolves.toEqual([201, ""]);
});
