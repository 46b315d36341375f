import { readFileSync } from "node:fs";
import https from "node:https";
import { parse } from "yaml";

interface KubeConfig {
  clusters: { cluster: { server: string; "certificate-authority-data"?: string; "certificate-authority"?: string } }[];
  users: { user: { token: string } }[];
}

/** Asks the Kubernetes API directly, past the engine. */
export async function kubernetes(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: never }> {
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
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) as never }),
        );
      },
    );
    request.on("error", reject);
    request.end(text);
  });
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
