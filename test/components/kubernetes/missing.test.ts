import { clusterNeeds } from "../../../components/binding/clusterNeeds";
import { resolvedBinding } from "../../../components/binding/spec";
import type { DeploymentBindingArgs } from "../../../index";
import { irsa } from "../../support/bindings";
import { askedOutsideOfJest, type Clusters, json, serveClusters, status } from "../../support/fakeClusters";
import { gke, withAddOn } from "../../support/gke";

const externalSecrets = "external-secrets.io";
const secretsStore = "secrets-store.csi.x-k8s.io";

const groups = (versions: Record<string, string[]>) =>
  json({
    kind: "APIGroupList",
    groups: Object.entries(versions).map(([name, served]) => ({
      name,
      versions: served.map((version) => ({ version, groupVersion: `${name}/${version}` })),
    })),
  });
const kinds = (...names: string[]) =>
  json({
    kind: "APIResourceList",
    groupVersion: "",
    resources: names.map((kind) => ({ kind, name: kind, verbs: [] })),
  });
const both = groups({ [externalSecrets]: ["v1", "v1beta1"], [secretsStore]: ["v1"] });

/** What each cluster serves, beside what is not there. */
const served: Record<string, Record<string, (url: string) => ReturnType<typeof json>>> = {
  full: {
    "/apis": () => both,
    [`/apis/${externalSecrets}/v1`]: () => kinds("SecretStore", "ExternalSecret", "ClusterSecretStore"),
    [`/apis/${secretsStore}/v1`]: () => kinds("SecretProviderClass"),
  },
  bare: {
    "/apis": () => groups({ apps: ["v1"] }),
  },
  older: {
    "/apis": () => groups({ [externalSecrets]: ["v1beta1", "v1alpha1"], [secretsStore]: ["v1alpha1"] }),
    [`/apis/${externalSecrets}/v1beta1`]: () => kinds("SecretStore", "ExternalSecret"),
  },
  partial: {
    "/apis": () => both,
    [`/apis/${externalSecrets}/v1`]: () => kinds("ExternalSecret"),
    [`/apis/${secretsStore}/v1`]: () => kinds(),
  },
};
const clusters: Clusters = {
  ...Object.fromEntries(
    Object.entries(served).map(([name, paths]) => [
      name,
      (url: string) => paths[url.split("?")[0] as string]?.(url) ?? status(404),
    ]),
  ),
  forbidden: () => status(403),
  broken: () => ({ type: "text/html", body: "<html>" }),
};

let fake: Awaited<ReturnType<typeof serveClusters>>;
beforeAll(async () => {
  fake = await serveClusters(clusters);
});
afterAll(() => fake.stop());

const needsOf = (more: Partial<DeploymentBindingArgs>) =>
  clusterNeeds(resolvedBinding({ workspace: irsa, bindingName: "agent", env: { A: { secret: "a" } }, ...more }, {}));
const operator = needsOf({});
const driver = needsOf({ delivery: "csi" });
const gkeSync = needsOf({ workspace: gke, delivery: "gke-sync" });
const addOn = needsOf({ workspace: withAddOn, delivery: "csi" });
const older = needsOf({ apiVersions: { externalSecrets: `${externalSecrets}/v1beta1` } });

const installOperator =
  'run "helm install external-secrets external-secrets --repo https://charts.external-secrets.io -n external-secrets --create-namespace"';
const installDriver =
  '"helm install secrets-provider-aws secrets-store-csi-driver-provider-aws --repo https://aws.github.io/secrets-store-csi-driver-provider-aws -n kube-system --set secrets-store-csi-driver.syncSecret.enabled=true --set secrets-store-csi-driver.enableSecretRotation=true"';
const onGke = (feature: string) =>
  `"gcloud container clusters update main --location=europe-west3 --project=ai-startup-production --enable-${feature} --enable-${feature}-rotation --${feature}-rotation-interval=120s"`;
const of = (context: string, line: string) => `the cluster of context "${context}" ${line}`;

test("says in one line each what a cluster lacks, and how to install it", async () => {
  const config = { kubeconfig: fake.kubeconfig };
  const expected: [place: object, needs: object[], lines: string[]][] = [
    [{}, [], []],
    [config, [...operator, ...driver], []],
    [
      { ...config, context: "bare" },
      [...operator, ...driver, ...gkeSync, ...addOn],
      [
        of("bare", `has no External Secrets Operator: ${installOperator}`),
        of("bare", `has no Secrets Store CSI driver: run ${installDriver}`),
        of("bare", `has no Secret Sync (GKE 1.34 or later): run ${onGke("secret-sync")}`),
        of("bare", `has no Secrets Store CSI driver: run ${onGke("secret-manager")}`),
      ],
    ],
    [
      { ...config, context: "older" },
      [...operator, ...driver],
      [
        of(
          "older",
          `serves ${externalSecrets}/v1beta1, ${externalSecrets}/v1alpha1 of the External Secrets Operator, not ${externalSecrets}/v1: set apiVersions: { externalSecrets: "${externalSecrets}/v1beta1" }, or upgrade it`,
        ),
        of(
          "older",
          `serves ${secretsStore}/v1alpha1 of the Secrets Store CSI driver, not ${secretsStore}/v1: set apiVersions: { secretsStore: "${secretsStore}/v1alpha1" }, or upgrade it`,
        ),
      ],
    ],
    [{ ...config, context: "older" }, older, []],
    [
      { ...config, context: "partial" },
      [...operator, ...driver],
      [
        of(
          "partial",
          `has no SecretStore in ${externalSecrets}/v1: install the External Secrets Operator with all of its kinds, as ${installOperator.slice(4)} does`,
        ),
        of(
          "partial",
          `has no SecretProviderClass in ${secretsStore}/v1: install the Secrets Store CSI driver with all of its kinds, as ${installDriver} does`,
        ),
      ],
    ],
    // By a text, as the provider's configuration may have it.
    [
      { kubeconfig: fake.text, context: "bare" },
      operator,
      [of("bare", `has no External Secrets Operator: ${installOperator}`)],
    ],
    // What isn't answered is not known to be missing.
    ...["forbidden", "broken", "gone", "no-such-context"].map((context): [object, object[], string[]] => [
      { ...config, context },
      [...operator, ...driver],
      [],
    ]),
    [{ kubeconfig: "/nowhere" }, operator, []],
    [{}, operator, []],
  ];
  const results = await askedOutsideOfJest(
    "missingAt",
    expected.map(([place, needs]) => ({ args: [place, needs] })),
    { HOME: fake.folder },
  );
  expect(results).toEqual(expected.map(([, , lines]) => lines));
  expect([...new Set(fake.asked.filter((line) => line.startsWith("full ")))].sort()).toEqual([
    "full /apis",
    `full /apis/${externalSecrets}/v1`,
    `full /apis/${secretsStore}/v1`,
  ]);
}, 20_000);
