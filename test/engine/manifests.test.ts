import { emittedManifests, type Manifest, namespace } from "./support/emitted";
import { create, deleteNamespace } from "./support/externalSecrets";
import { collectionOf, kubernetes } from "./support/kubernetes";

/** What the API server would say of an object, which it doesn't keep. */
async function verdict(manifest: Manifest): Promise<{ status: number; said: string[] }> {
  const collection = await collectionOf(manifest);
  const query = "dryRun=All&fieldValidation=Strict";
  const { status, body, warnings } = await kubernetes("POST", `${collection}?${query}`, manifest);
  return { status, said: [...warnings, ...(status === 201 ? [] : [(body as { message: string }).message])] };
}

/** Those that a Pod runs as must be there, and of no other kind does the API server look for it. */
const isOfPod = ({ kind, metadata: { name } }: Manifest) => kind === "ServiceAccount" && name === "csi-pod-reader";

const called = ({ kind, metadata: { name } }: Manifest) => `${kind} ${name}`;
const accepted = { status: 201, said: [] };

let manifests: Manifest[];
let kinds: string[];
beforeAll(async () => {
  manifests = await emittedManifests();
  kinds = [...new Set(manifests.map(({ kind }) => kind))].sort();
  await create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  await create(...manifests.filter(isOfPod));
});
afterAll(() => deleteNamespace(namespace));

test("bindings and workspaces emit objects of every kind that they know", () => {
  expect(kinds).toEqual([
    "CronJob",
    "DaemonSet",
    "Deployment",
    "ExternalSecret",
    "Job",
    "Namespace",
    "Pod",
    "ReplicaSet",
    "Secret",
    "SecretProviderClass",
    "SecretStore",
    "ServiceAccount",
    "StatefulSet",
  ]);
  expect(manifests.length).toBeGreaterThan(300);
});

test("the API server takes each of them, knows every field, and warns of none", async () => {
  const found: Record<string, unknown> = {};
  const missing = manifests.filter((manifest) => !isOfPod(manifest));
  for (const manifest of missing) found[called(manifest)] = await verdict(manifest);
  expect(found).toEqual(Object.fromEntries(missing.map((manifest) => [called(manifest), accepted])));
});

/** Where an unknown field would be overlooked soonest. */
const deepest: Record<string, string[]> = {
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec", "containers", "0"],
  DaemonSet: ["spec", "template", "spec", "containers", "0"],
  Deployment: ["spec", "template", "spec", "containers", "0"],
  ExternalSecret: ["spec", "target", "template"],
  Job: ["spec", "template", "spec", "containers", "0"],
  Namespace: ["metadata"],
  Pod: ["spec", "containers", "0"],
  ReplicaSet: ["spec", "template", "spec", "containers", "0"],
  Secret: ["metadata"],
  SecretProviderClass: ["spec"],
  SecretStore: ["spec", "provider", "aws", "auth", "jwt", "serviceAccountRef"],
  ServiceAccount: ["metadata"],
  StatefulSet: ["spec", "template", "spec", "containers", "0"],
};

test("one field that no version of a kind has is enough for a refusal, at the top and at the bottom", async () => {
  for (const kind of kinds) {
    const [manifest] = manifests.filter((one) => one.kind === kind) as [Manifest];
    for (const path of [[], deepest[kind] as string[]]) {
      const { status, said } = await verdict(withField(manifest, path));
      expect([kind, path, status, said]).toEqual([
        kind,
        path,
        400,
        [expect.stringMatching(/strict decoding error: unknown field ".*unheardOf"/)],
      ]);
    }
  }
});

function withField(manifest: Manifest, path: string[]): Manifest {
  const mutant = structuredClone(manifest);
  const place = path.reduce<Record<string, unknown>>((one, key) => one[key] as Record<string, unknown>, mutant);
  place.unheardOf = true;
  return mutant;
}
