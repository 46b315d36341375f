/**
 * The Pulumi plugin of every local provider: `pulumi-resource-NAME` executes `node plugin.js NAME`, or
 * `node plugin.js simulated NAME`, and the engine starts one for each provider of a program. It forwards the engine's calls to the daemon byte for byte, and adds who is
 * calling: the package, this process, and at Configure the environment of the engine's run.
 *
 * gRPC is HTTP/2, so a proxy needs no gRPC: this starts in a tenth of a second. Plain JavaScript for the same reason.
 */
const { randomUUID } = require("node:crypto");
const { fstatSync } = require("node:fs");
const http2 = require("node:http2");

const [, , provider, following] = process.argv;
const packageName = provider === "simulated" ? following : provider;
const daemon = process.env.VANTEDGE_LOCAL_PROVIDERS;
if (!packageName || !daemon) {
  console.error(
    "usage: VANTEDGE_LOCAL_PROVIDERS=HOST:PORT node plugin.js [simulated] PACKAGE (start the local cloud first)",
  );
  process.exit(1);
}

const instance = randomUUID();
const handedOn = Object.entries(process.env).filter(([key]) => key.startsWith("AWS_") || key === "KUBECONFIG");
const environment = Buffer.from(JSON.stringify(Object.fromEntries(handedOn))).toString("base64");

/** Headers of the connection, not of the call; a new connection makes its own. */
const ofConnection = new Set(["connection", "host", "http2-settings", "keep-alive", "transfer-encoding", "upgrade"]);
const unavailable = 14; // grpc.status.UNAVAILABLE

const session = http2.connect(`http://${daemon}`);
let failure;
session.on("error", (error) => {
  failure = error;
});

function forward(call, headers) {
  const answerFailure = (error) => {
    if (call.destroyed || call.closed) return;
    const reason = `the local providers do not answer at ${daemon} (${error?.code ?? error?.message ?? "connection lost"}): start the local cloud`;
    if (call.headersSent) return call.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
    const status = { "grpc-status": unavailable, "grpc-message": encodeURIComponent(reason) };
    call.respond({ ":status": 200, "content-type": "application/grpc", ...status }, { endStream: true });
  };
  if (session.destroyed || session.closed) return answerFailure(failure);

  const kept = Object.entries(headers).filter(([key]) => !ofConnection.has(key) && key !== ":authority");
  const added = { "vantedge-provider": provider, "vantedge-package": packageName, "vantedge-instance": instance };
  const isConfigure = headers[":path"].endsWith("/Configure");
  const request = session.request({
    ...Object.fromEntries(kept),
    ...added,
    ...(isConfigure ? { "vantedge-environment-bin": environment } : {}),
  });
  request.on("error", answerFailure);
  request.on("response", (answer, flags) => {
    const endStream = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    const answerHeaders = Object.fromEntries(Object.entries(answer).filter(([key]) => !ofConnection.has(key)));
    call.respond(answerHeaders, { endStream, waitForTrailers: !endStream });
    if (!endStream) request.pipe(call);
  });
  let trailers = {};
  request.on("trailers", (received) => {
    trailers = received;
  });
  call.on("wantTrailers", () => call.sendTrailers(trailers));
  call.on("aborted", () => request.close(http2.constants.NGHTTP2_CANCEL));
  call.on("error", () => request.close(http2.constants.NGHTTP2_CANCEL));
  call.pipe(request);
}

const server = http2.createServer();
server.on("stream", forward);
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

/** The engine ends its plugins, but an engine that was killed cannot: its end of our standard input closes then. */
function leave() {
  process.exit(0);
}
if (fstatSync(0).isFIFO()) process.stdin.on("end", leave).on("error", leave).resume();
const parent = process.ppid;
setInterval(() => process.ppid !== parent && leave(), 1000).unref();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, leave);
