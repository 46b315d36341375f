import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { parseArgs } from "node:util";
import { assumedRoleOf, createdArnOf, describeRequest, errorCodeOf } from "./requestLog";

/** Stands in front of the AWS API and writes one JSON line per request. A process of its own: a cloud may outlive its starter. */
function serve(target: URL, logFile: string, addressFile: string): void {
  const principals = new Map<string, string>();

  async function forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const time = new Date().toISOString();
    const body = await readAll(incoming);
    const described = describeRequest({
      method: incoming.method ?? "GET",
      url: incoming.url ?? "/",
      headers: incoming.headers,
      body: body.toString("latin1"),
    });
    const answer = await send(target, incoming, body);
    const answerBody = await readAll(answer);
    const status = answer.statusCode ?? 502;
    const answerText = answerBody.toString("latin1");
    if (described.action.startsWith("AssumeRole")) {
      const assumed = assumedRoleOf(answerText);
      if (assumed) principals.set(assumed.accessKeyId, assumed.principal);
    }
    const principal = principals.get(described.accessKeyId ?? "");
    const errorCode = errorCodeOf(status, answer.headers, answerText);
    const created = createdArnOf(described.action, answerText);
    const answered = { ...(created && { created }), status, ...(errorCode && { errorCode }) };
    const line = { time, ...described, ...(principal && { principal }), ...answered };
    // Before the answer goes out: who has the answer finds its request in the log.
    appendFileSync(logFile, `${JSON.stringify(line)}\n`);
    response.writeHead(status, answer.rawHeaders);
    response.end(answerBody);
  }

  const server = createServer((incoming, response) => {
    forward(incoming, response).catch((error: Error) => {
      response.writeHead(502, { "content-type": "text/plain" });
      response.end(`the AWS API of the local cloud did not answer: ${error.message}\n`);
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("no address");
    // Renamed into place, so that a reader never sees half of it.
    writeFileSync(`${addressFile}.tmp`, `http://127.0.0.1:${address.port}`);
    renameSync(`${addressFile}.tmp`, addressFile);
  });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(target: URL, incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  // The body is sent whole, with its length. The Host header stays: moto puts it into the URLs that it returns.
  const { "transfer-encoding": _chunked, connection: _connection, expect: _expect, ...headers } = incoming.headers;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...headers, "content-length": body.length },
      },
      resolve,
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const { values } = parseArgs({
  options: {
    target: { type: "string" },
    log: { type: "string", multiple: true, default: [] },
    "address-file": { type: "string", multiple: true, default: [] },
  },
});
const { target, log: logs, "address-file": addressFiles } = values;
if (!target || logs.length === 0 || logs.length !== addressFiles.length)
  throw new Error("usage: requestLogProxy.ts --target URL (--log FILE --address-file FILE)...");
// A log and an address for each kind of caller.
for (const [index, log] of logs.entries()) serve(new URL(target), log, addressFiles[index] as string);
