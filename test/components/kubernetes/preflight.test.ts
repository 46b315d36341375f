import { writeFileSync } from "node:fs";
import path from "node:path";
import { askedOutsideOfJest, type Clusters, json, serveClusters, status } from "../../support/fakeClusters";
import { canary } from "../../support/fixtures";

const clusters: Clusters = {
  good: (url) => {
    if (url.startsWith("/version")) return json({ major: "1", minor: "34" });
    return url === "/api/v1/namespaces/apps" ? json({ metadata: { name: "apps" } }) : status(404);
  },
  careful: (url) => (url.startsWith("/version") ? json({ major: "1", minor: "34" }) : status(403)),
  bare: (url) => {
    if (url.startsWith("/version")) return json({ major: "1", minor: "34" });
    if (url.startsWith("/apis/apps/v1/deployments")) return json({ items: [] });
    return url === "/apis" ? json({ kind: "APIGroupList", groups: [] }) : status(404);
  },
  expired: () => status(401),
  forbidden: () => status(403),
};

let served: Awaited<ReturnType<typeof serveClusters>>;
beforeAll(async () => {
  served = await serveClusters(clusters);
});
afterAll(() => served.stop());

function written(name: string, text: string): string {
  const file = path.join(served.folder, name);
  writeFileSync(file, text);
  return file;
}

const operator = {
  name: "Operator",
  install: "helm install operator",
  kinds: { apiVersion: "operator.io/v1", names: ["Thing"], setting: "externalSecrets" },
};

const missing = (name: string) =>
  `the namespace "${name}" is missing: run "kubectl create namespace ${name}", or declare it as namespace of the workspace`;

test("says in one line each what is wrong with a cluster", async () => {
  const config = served.kubeconfig;
  const expected: [string, string | undefined, string[], string[]][] = [
    [config, undefined, ["apps"], []],
    [config, "good", ["apps", "one", "two"], [missing("one"), missing("two")]],
    [config, "careful", ["apps"], []],
    [
      config,
      "bare",
      ["one"],
      [
        missing("one"),
        'the cluster of context "bare" has no Operator: run "helm install operator"',
        'the cluster of context "bare" has no Reloader: run "helm install reloader", or leave restartedBy out',
      ],
    ],
    [config, "expired", [], ['the cluster of context "expired" refuses the credentials: log in again']],
    [
      config,
      "forbidden",
      [],
      ['the cluster of context "forbidden" forbids even asking for its version: check the credentials'],
    ],
    [
      config,
      "gone",
      [],
      [
        'the cluster of context "gone" can\'t be reached at http://127.0.0.1:9: check the network, or choose another context',
      ],
    ],
    [
      config,
      "prod",
      [],
      ['there is no context "prod" in the kubeconfig: it has good, careful, bare, expired, forbidden, gone'],
    ],
    [
      written("aimless", JSON.stringify({ ...JSON.parse(served.text), "current-context": "" })),
      undefined,
      [],
      ['the kubeconfig names no current cluster: run "kubectl config use-context CONTEXT"'],
    ],
    [written("broken", `users: [ ${canary}`), undefined, [], ["the kubeconfig can't be read: check KUBECONFIG"]],
    ["/nowhere", undefined, [], ["the kubeconfig can't be read: check KUBECONFIG"]],
    [
      "",
      undefined,
      [],
      [
        'no kubeconfig found: set KUBECONFIG, or run your cloud\'s command, for example "aws eks update-kubeconfig --name CLUSTER"',
      ],
    ],
  ];
  const restarts = [{ namespace: "apps", csi: false, install: "helm install reloader" }];
  const cases = expected.map(([kubeconfig, context, namespaces]) => ({
    kubeconfig,
    args: [{ context, namespaces, needs: [operator], restarts: context === "bare" ? restarts : [] }],
  }));
  const results = await askedOutsideOfJest("clusterProblems", cases, { HOME: served.folder });
  expect(results).toEqual(expected.map(([, , , problems]) => problems));
}, 20_000);
