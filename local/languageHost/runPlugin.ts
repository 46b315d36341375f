import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";

const messages = require("@pulumi/pulumi/proto/language_pb");

/** The parts of pulumirpc.RunPluginRequest that start a policy pack: proto/pulumi/language.proto in pulumi/pulumi. */
interface RunPluginRequest {
  getInfo(): { getProgramDirectory(): string };
  /** The engine's address first. */
  getArgsList(): string[];
  getEnvList(): string[];
  getKind(): string;
}

/** Runs a policy pack with the entry point of the SDK that node finds from the pack, in the pack's folder. */
export function runPlugin(call: ServerWritableStream<RunPluginRequest, unknown>): void {
  const { request } = call;
  const folder = request.getInfo().getProgramDirectory();
  const answer = (set: "setStdout" | "setStderr" | "setExitcode", value: Buffer | number) => {
    const response = new messages.RunPluginResponse();
    response[set](value);
    call.write(response);
  };
  if (request.getKind() !== "analyzer") {
    call.destroy(new Error(`this language host runs policy packs, and no plugin of kind ${request.getKind()}`));
    return;
  }
  const entry = createRequire(path.join(folder, "index.js")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const environment = request
    .getEnvList()
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
  const pack = spawn(process.execPath, [entry, ...request.getArgsList(), "."], {
    cwd: folder,
    env: Object.fromEntries(environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
  pack.stdout.on("data", (chunk: Buffer) => answer("setStdout", chunk));
  pack.stderr.on("data", (chunk: Buffer) => answer("setStderr", chunk));
  pack.on("error", (error) => call.destroy(error));
  pack.on("close", (code) => {
    answer("setExitcode", code ?? 1);
    call.end();
  });
  // The engine ends a pack by ending the call.
  call.on("cancelled", () => pack.kill());
}
