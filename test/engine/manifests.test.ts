import { emittedManifests, inWorkspace, type Manifest, namespace, onGoogle } from "./support/emitted";
import { create, deleteNamespace } from "./support/externalSecrets";
import { collectionOf, kubernetes } from "./support/kubernetes";

interface Verdict {
  status: number;
  /** Why it refuses the object, or what it warns of. */
  said: string[];
}

/** What the API server would say of an object, which it doesn't keep. */
async function verdict(manifest: Manifest): Promise<Verdict> {
  const collection = await collectionOf(manifest);
  const query = "dryRun=All&fieldValidation=Strict";
  const { status, body, warnings } = await kubernetes("POST", `${collection}?${query}`, manifest);
  return { status, said: [...warnings, ...(status === 201 ? [] : [(body as { message: string }).message])] };
}

/** What others need to be there. Only of a Pod, and of no other kind, does the API server look for the ServiceAccount. */
const isNeeded = ({ kind, metadata: { name } }: Manifest) =>
  kind === "Namespace" || (kind === "ServiceAccount" && name === "csi-pod-reader");

const called = ({ kind, metadata: { name } }: Manifest) => `${kind} ${name}`;
const accepted = { status: 201, said: [] };

let manifests: Manifest[];
const needed = new Map<string, Verdict>();
let kinds: string[];
beforeAll(async () => {
  manifests = await emittedManifests();
  kinds = [...new Set(manifests.map(({ kind }) => kind))].sort();
  await create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  for (const manifest of manifests.filter(isNeeded)) needed.set(called(manifest), await verdict(manifest));
  await create(...manifests.filter(isNeeded));
});
afterAll(async () => {
  for (const name of [namespace, inWorkspace, onGoogle]) await deleteNamespace(name);
});

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
    "Role",
    "RoleBinding",
    "Secret",
    "SecretProviderClass",
    "SecretStore",
    "SecretSync",
    "ServiceAccount",
    "StatefulSet",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
  ]);
  expect(manifests.length).toBeGreaterThan(300);
});

test("the API server takes each of them, knows every field, and warns of none", async () => {
  const found = new Map(needed);
  for (const one of manifests) if (!isNeeded(one)) found.set(called(one), await verdict(one));
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(manifests.map((one) => [called(one), accepted])));
});

/** Where an unknown field would be overlooked soonest. */
const deepest: Record<string, string[][]> = {
  CronJob: [["spec", "jobTemplate", "spec", "template", "spec", "containers", "0"]],
  DaemonSet: [["spec", "template", "spec", "containers", "0"]],
  Deployment: [["spec", "template", "spec", "containers", "0"]],
  ExternalSecret: [["spec", "target", "template"]],
  Job: [["spec", "template", "spec", "containers", "0"]],
  Namespace: [["metadata"]],
  Pod: [["spec", "containers", "0"]],
  ReplicaSet: [["spec", "template", "spec", "containers", "0"]],
  Role: [["rules", "0"]],
  RoleBinding: [["subjects", "0"]],
  Secret: [["metadata"]],
  SecretProviderClass: [["spec"]],
  SecretStore: [
    ["spec", "provider", "aws", "auth", "jwt", "serviceAccountRef"],
    ["spec", "provider", "gcpsm", "auth", "workloadIdentity", "serviceAccountRef"],
  ],
  SecretSync: [["spec", "secretObject", "data", "0"]],
  ServiceAccount: [["metadata"]],
  StatefulSet: [["spec", "template", "spec", "containers", "0"]],
  ValidatingAdmissionPolicy: [["spec", "matchConstraints", "resourceRules", "0"]],
  ValidatingAdmissionPolicyBinding: [["spec"]],
};

test("one field that no version of a kind has is enough for a refusal, at the top and at the bottom", async () => {
  for (const kind of kinds) {
    for (const path of [[], ...(deepest[kind] as string[][])]) {
      const manifest = manifests.find((one) => one.kind === kind && placeIn(one, path) !== undefined) as Manifest;
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
  (placeIn(mutant, path) as Record<string, unknown>).unheardOf = true;
  return mutant;
}

function placeIn(manifest: Manifest, path: string[]): unknown {
  return path.reduce<unknown>((one, key) => (one as Record<string, unknown> | undefined)?.[key], manifest);
}
