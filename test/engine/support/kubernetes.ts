import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import { parse } from "yaml";

interface KubeConfig {
  clusters: { cluster: { server: string; "certificate-authority-data"?: string; "certificate-authority"?: string } }[];
  users: { user: { token: string } }[];
}

export interface Answer {
  status: number;
  body: never;
  /** As it came: a watch answers line by line. */
  text: string;
  /** What the API server says against an object that it accepts. */
  warnings: string[];
}

/** Asks the Kubernetes API directly, past the engine. */
export async function kubernetes(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { clusters, users } = parse(readFileSync(process.env.KUBECONFIG as string, "utf8")) as KubeConfig;
  const { server, ...authority } = (clusters[0] as KubeConfig["clusters"][number]).cluster;
  const data = authority["certificate-authority-data"];
  const ca =
    data === undefined ? readFileSync(authority["certificate-authority"] as string) : Buffer.from(data, "base64");
  const text = body === undefined ? "" : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = https.request(
      `${server}${path}`,
      {
        method,
        ca,
        headers: {
          authorization: `Bearer ${users[0]?.user.token}`,
          "content-type": method === "PATCH" ? "application/strategic-merge-patch+json" : "application/json",
          "content-length": Buffer.byteLength(text),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => resolve(understood(response, Buffer.concat(chunks).toString())));
      },
    );
    request.on("error", reject);
    request.end(text);
  });
}

function understood({ statusCode = 0, headers }: IncomingMessage, text: string): Answer {
  const { warning } = headers;
  return { status: statusCode, text, body: parsed(text), warnings: warning === undefined ? [] : [warning] };
}

/** A watch is no one text of JSON. */
function parsed(text: string): never {
  try {
    return JSON.parse(text) as never;
  } catch {
    return undefined as never;
  }
}

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

interface ServedKind {
  name: string;
  kind: string;
  namespaced: boolean;
}
const served = new Map<string, Promise<ServedKind[]>>();

/** Where objects of its kind are, as the API server says. */
export async function collectionOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
  const group = `${apiVersion.includes("/") ? "/apis" : "/api"}/${apiVersion}`;
  const kinds = served.get(group) ?? kubernetes("GET", group).then(({ body }) => kindsOf(body));
  served.set(group, kinds);
  const found = (await kinds).find((one) => one.kind === kind && !one.name.includes("/"));
  if (found === undefined) throw new Error(`no ${kind} is served in ${apiVersion}`);
  return `${group}${found.namespaced ? `/namespaces/${metadata.namespace}` : ""}/${found.name}`;
}

function kindsOf({ resources = [] }: { resources?: ServedKind[] }): ServedKind[] {
  return resources;
}

/** The Secrets that a namespace holds, decoded. */
export async function secretsIn(namespace: string): Promise<Record<string, Record<string, string>>> {
  const { body } = await kubernetes("GET", `/api/v1/namespaces/${namespace}/secrets`);
  const { items = [] } = body as { items?: { metadata: { name: string }; data: Record<string, string> }[] };
  return Object.fromEntries(items.map(({ metadata, data }) => [metadata.name, decoded(data)]));
}

function decoded(data: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text, "base64").toString()]));
}
