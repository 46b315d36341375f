import { askedOutsideOfJest, type Clusters, json, serveClusters, status } from "../../support/fakeClusters";

const apps = { namespace: "apps", csi: false };
const csi = { namespace: "apps", csi: true };

interface Found {
  image?: string;
  args?: string[];
  env?: object[];
  replicas?: number;
  namespace?: string;
}
const deployments = (...found: Found[]) =>
  json({
    items: found.map(
      ({ image = "ghcr.io/stakater/reloader:v1.4.19", args, env, replicas = 1, namespace = "reloader" }) => ({
        metadata: { name: "reloader-reloader", namespace },
        spec: { replicas, template: { spec: { containers: [{ name: "reloader", image, args, env }] } } },
      }),
    ),
  });
const isLabelled = (url: string) => url.includes("labelSelector");
/** Found by the chart's label. */
const chart =
  (...found: Found[]) =>
  (url: string) =>
    url.includes("app.kubernetes.io") ? deployments(...found) : deployments();
/** Found by its image alone. */
const relabelled =
  (...found: Found[]) =>
  (url: string) =>
    isLabelled(url) ? deployments() : deployments({ image: "nginx" }, ...found);

const there = { state: "there" };
const absent = (why: string) => ({ state: "absent", why });
const of = (name: string) => `the cluster of context "${name}"`;
const limited = (name: string, limit: string) => absent(`Reloader of ${of(name)} ${limit}`);
const by = (...args: string[]) => chart({ args });

/** What each cluster has, and what that means for workloads of namespace apps. */
const cases: Record<string, [Clusters[string], typeof apps, object]> = {
  chart: [chart({}), apps, there],
  privateImage: [chart({ image: "private/image:1" }), apps, there],
  renamed: [relabelled({ image: "registry.io:5000/me/reloader:1" }), apps, there],
  none: [
    relabelled({ image: "registry.io/not-reloader:1" }, { image: "reloader/other:2" }),
    apps,
    absent(`${of("none")} has no Reloader`),
  ],
  scaledDown: [chart({ replicas: 0 }), apps, absent(`${of("scaledDown")} has no Reloader`)],
  ownNamespace: [
    chart({ env: [{ name: "KUBERNETES_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } }] }),
    apps,
    limited("ownNamespace", 'watches namespace "reloader" only'),
  ],
  thisNamespace: [chart({ env: [{ name: "KUBERNETES_NAMESPACE", value: "apps" }] }), apps, there],
  oneOfTwo: [chart({ args: ["--namespaces-to-ignore=apps"] }, {}), apps, there],
  ignoring: [
    by("--log-format=json", "--namespaces-to-ignore", "kube-system,apps"),
    apps,
    limited("ignoring", 'ignores namespace "apps"'),
  ],
  ignoringOthers: [by("--namespaces-to-ignore=kube-system"), apps, there],
  selecting: [by("--namespace-selector=team:a"), apps, limited("selecting", "watches namespaces by their labels")],
  configMapsOnly: [by("--resources-to-ignore=secrets"), apps, limited("configMapsOnly", "ignores Secrets")],
  labelled: [by("--resource-label-selector=a=b"), apps, limited("labelled", "watches Secrets by their labels")],
  otherwise: [by("--secret-annotation=a/b"), apps, limited("otherwise", "goes by another annotation than its own")],
  calling: [
    by("--webhook-url=https://example.com"),
    apps,
    limited("calling", "calls a webhook in place of restarting"),
  ],
  withoutCsi: [by("--enable-csi-integration=false"), csi, limited("withoutCsi", "does not watch the CSI driver")],
  withCsi: [by("--enable-csi-integration"), csi, there],
  withCsiSaid: [by("--enable-csi-integration=true"), csi, there],
  forbidden: [
    () => status(403),
    apps,
    { state: "unknown", why: `${of("forbidden")} forbids to list Deployments, Reloader among them` },
  ],
  loggedOut: [
    () => status(401),
    apps,
    { state: "unknown", why: `${of("loggedOut")} forbids to list Deployments, Reloader among them` },
  ],
  broken: [
    () => status(500),
    apps,
    { state: "silent", why: `${of("broken")} does not answer whether it has Reloader` },
  ],
};

test("tells whether Reloader restarts the workloads of a namespace, and what keeps it from that", async () => {
  const clusters = Object.fromEntries(Object.entries(cases).map(([name, [answer]]) => [name, answer]));
  const fake = await serveClusters(clusters);
  try {
    const place = { kubeconfig: fake.kubeconfig };
    const questions = Object.entries(cases).map(([context, [, question]]) => ({
      args: [{ ...place, context }, question],
    }));
    const more = [
      { args: [{ ...place, context: "gone" }, apps] },
      { args: [{ ...place, context: "none", cluster: "chart" }, apps] },
      { args: [{ kubeconfig: "/nowhere" }, apps] },
    ];
    const results = await askedOutsideOfJest("reloaderAt", [...questions, ...more], { HOME: fake.folder });
    expect(results).toEqual([
      ...Object.values(cases).map(([, , expected]) => expected),
      { state: "silent", why: `${of("gone")} does not answer whether it has Reloader` },
      there,
      { state: "unknown", why: "no kubeconfig leads to the cluster" },
    ]);
    // Only a cluster where the labels find none pays for the long list.
    expect(fake.asked.filter((line) => line.startsWith("chart ") && !isLabelled(line))).toEqual([]);
  } finally {
    await fake.stop();
  }
}, 30_000);
