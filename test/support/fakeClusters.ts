import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { canary } from "./fixtures";
import { type Reply, serve } from "./server";

export const json = (body: object, status = 200): Reply => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});
export const status = (code: number) => json({ kind: "Status", status: "Failure", message: canary, code }, code);

/** By context, what its cluster answers to a path. */
export type Clusters = Record<string, (url: string) => Reply>;

/** Servers that answer as clusters do, and a kubeconfig with a context for each; the first is the current one. */
export async function serveClusters(clusters: Clusters) {
  const folder = mkdtempSync(path.join(tmpdir(), "vantedge-kubeconfig-"));
  const asked: string[] = [];
  const servers = await Promise.all(
    Object.entries(clusters).map(async ([name, answer]) => {
      const server = await serve(({ url = "" }) => {
        asked.push(`${name} ${decodeURIComponent(url)}`);
        return answer(url);
      });
      return { name, ...server };
    }),
  );
  const all = [...servers, { name: "gone", url: "http://127.0.0.1:9" }];
  const text = JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": all[0]?.name,
    clusters: all.map(({ name, url }) => ({ name, cluster: { server: url, "insecure-skip-tls-verify": true } })),
    users: [{ name: "me", user: { token: canary } }],
    contexts: all.map(({ name }) => ({ name, context: { cluster: name, user: "me" } })),
  });
  const kubeconfig = path.join(folder, "config");
  writeFileSync(kubeconfig, text);
  return {
    folder,
    kubeconfig,
    text,
    /** Each request as `context path`. */
    asked,
    stop: async () => {
      await Promise.all(servers.map(({ stop }) => stop()));
      rmSync(folder, { recursive: true });
    },
  };
}

/** A question to a cluster, by its function's name, with its arguments. */
export interface Question {
  kubeconfig?: string;
  args: unknown[];
}

/** Asks outside of jest, which can't load the client's ES modules. Nothing secret is printed. */
export async function askedOutsideOfJest(name: string, cases: Question[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", path.join(__dirname, "clusterQuestions.ts"), JSON.stringify([name, cases])],
    { env: { PATH: process.env.PATH, ...env } },
  );
  expect(stdout + stderr).not.toContain(canary);
  return JSON.parse(stdout);
}
