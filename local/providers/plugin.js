/**
 * The Pulumi plugin of every local provider: `pulumi-resource-NAME` executes `node plugin.js NAME`, or
 * `node plugin.js simulated NAME`, and the engine starts one for each provider of a program. It forwards the engine's
 * calls to the daemon byte for byte, and adds who is calling: the package, this process, and at Configure the
 * environment of the engine's run.
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
  console.error("usage: VANTEDGE_LOCAL_PROVIDERS=HOST:PORT node plugin.js [simulated] PACKAGE: start the local cloud");
  process.exit(1);
}

const caller = {
  "vantedge-instance": randomUUID(),
  "vantedge-package": packageName,
  "vantedge-provider": provider,
};
// Of Google's no credentials: nobody here asks for them.
const ofGoogle = ["GOOGLE_CLOUD_PROJECT", "GOOGLE_PROJECT", "VANTEDGE_SIMULATED_PROJECTS"];
const handedOn = Object.entries(process.env).filter(([name]) => name.startsWith("AWS_") || ofGoogle.includes(name));
const environment = Buffer.from(JSON.stringify(Object.fromEntries(handedOn))).toString("base64");

/** Headers of one connection, not of the call; the other connection makes its own. */
const ofConnection = new Set([":authority", "connection", "host", "keep-alive", "transfer-encoding", "upgrade"]);
const internal = 13; // grpc.status.INTERNAL; after UNAVAILABLE the engine would try again for ten seconds.

function ofCall(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.has(name)));
}

function unreachable(error) {
  return `the local providers do not answer at ${daemon} (${error?.code ?? "connection lost"}): start the local cloud`;
}

/** Ends a call of the engine that the daemon cannot answer. */
function fail(call, error) {
  if (call.destroyed) return;
  if (call.headersSent) call.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  else {
    const status = { "grpc-status": internal, "grpc-message": encodeURIComponent(unreachable(error)) };
    call.respond({ ":status": 200, "content-type": "application/grpc", ...status }, { endStream: true });
  }
}

function forward(session, call, headers) {
  if (session.destroyed) return fail(call);
  const isConfigure = headers[":path"].endsWith("/Configure");
  const request = session.request({
    ...ofCall(headers),
    ...caller,
    ...(isConfigure ? { "vantedge-environment-bin": environment } : {}),
  });
  let trailers = {};
  request.on("error", (error) => fail(call, error));
  request.on("trailers", (received) => {
    trailers = received;
  });
  request.on("response", (answer, flags) => {
    // An answer without a body, an error that is, has its trailers in its headers.
    const endStream = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    call.respond(ofCall(answer), { endStream, waitForTrailers: !endStream });
    if (!endStream) request.pipe(call);
  });
  const cancel = () => request.close(http2.constants.NGHTTP2_CANCEL);
  call.on("wantTrailers", () => call.sendTrailers(trailers));
  call.on("aborted", cancel);
  call.on("error", cancel);
  call.pipe(request);
}

const session = http2.connect(`http://${daemon}`);
session.once("error", (error) => {
  console.error(unreachable(error));
  process.exit(1);
});
session.once("connect", () => {
  const server = http2.createServer();
  server.on("stream", (call, headers) => forward(session, call, headers));
  // The engine reads the port from the first line.
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
});

/** The engine ends its plugins, but an engine that was killed cannot: its end of our standard input closes then. */
function leave() {
  process.exit(0);
}
const stdin = fstatSync(0);
if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on("end", leave).on("error", leave).resume();
const parent = process.ppid;
setInterval(() => process.ppid !== parent && leave(), 1000).unref();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, leave);
