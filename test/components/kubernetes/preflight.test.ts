import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { canary } from "../../support/fixtures";
import { type Reply, serve } from "../../support/server";

const json = (body: object, status = 200): Reply => ({ status, type: "application/json", body: JSON.stringify(body) });
const status = (code: number) => json({ kind: "Status", status: "Failure", message: canary, code }, code);

/** By context, what its cluster answers. */
const clusters: Record<string, (url: string) => Reply> = {
  good: (url) => {
    if (url.startsWith("/version")) return json({ major: "1", minor: "34" });
    return url === "/api/v1/namespaces/apps" ? json({ metadata: { name: "apps" } }) : status(404);
  },
  careful: (url) => (url.startsWith("/version") ? json({ major: "1", minor: "34" }) : status(403)),
  expired: () => status(401),
  forbidden: () => status(403),
};

const folder = mkdtempSync(path.join(tmpdir(), "vantedge-kubeconfig-"));
let servers: { name: string; url: string; stop(): Promise<unknown> }[];

beforeAll(async () => {
  servers = await Promise.all(
    Object.entries(clusters).map(async ([name, answer]) => ({
      name,
      ...(await serve(({ url }) => answer(url ?? ""))),
    })),
  );
});
afterAll(async () => {
  await Promise.all(servers.map(({ stop }) => stop()));
  rmSync(folder, { recursive: true });
});

function kubeconfig(): string {
  const file = path.join(folder, "config");
  const all = [...servers, { name: "gone", url: "http://127.0.0.1:9" }];
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "good",
    clusters: all.map(({ name, url }) => ({ name, cluster: { server: url, "insecure-skip-tls-verify": true } })),
    users: [{ name: "me", user: { token: canary } }],
    contexts: all.map(({ name }) => ({ name, context: { cluster: name, user: "me" } })),
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

function broken(): string {
  const file = path.join(folder, "broken");
  writeFileSync(file, `users: [ ${canary}`);
  return file;
}

const missing = (name: string) =>
  `the namespace "${name}" is missing: run "kubectl create namespace ${name}", or declare it as namespace of the workspace`;

test("says in one line each what is wrong with a cluster", async () => {
  const config = kubeconfig();
  const expected: [string, string | undefined, string[], string[]][] = [
    [config, undefined, ["apps"], []],
    [config, "good", ["apps", "one", "two"], [missing("one"), missing("two")]],
    [config, "careful", ["apps"], []],
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
      ['there is no context "prod" in the kubeconfig: it has good, careful, expired, forbidden, gone'],
    ],
    [broken(), undefined, [], ["the kubeconfig can't be read: check KUBECONFIG"]],
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
  const cases = expected.map(([file, context, namespaces]) => [file, { context, namespaces }]);
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "test/support/clusterProblems.ts", JSON.stringify(cases)],
    { env: { PATH: process.env.PATH, HOME: folder } },
  );
  expect(JSON.parse(stdout)).toEqual(expected.map(([, , , problems]) => problems));
  expect(stdout + stderr).not.toContain(canary);
}, 20_000);
