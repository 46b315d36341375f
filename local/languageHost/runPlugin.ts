import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { streamOutput } from "./streamOutput";

const messages = require("@pulumi/pulumi/proto/language_pb");

/** The parts of pulumirpc.RunPluginRequest that start a plugin: proto/pulumi/language.proto in pulumi/pulumi. */
interface RunPluginRequest {
  getInfo(): { getProgramDirectory(): string };
  getPwd(): string;
  /** The engine's address first. */
  getArgsList(): string[];
  getEnvList(): string[];
  getKind(): string;
}

/** Runs a policy pack or a component plugin with the entry point of the SDK that node finds from its folder. */
export function runPlugin(call: ServerWritableStream<RunPluginRequest, unknown>): void {
  const { request } = call;
  const folder = request.getInfo().getProgramDirectory();
  const entry = createRequire(path.join(folder, "index.js"));
  const args = request.getArgsList();
  // A pack runs in its own folder, and takes it as its last argument.
  const [command, cwd] =
    request.getKind() === "analyzer"
      ? [[entry.resolve("@pulumi/pulumi/cmd/run-policy-pack"), ...args, "."], folder]
      : [[entry.resolve("@pulumi/pulumi/cmd/run-plugin"), folder, ...args], request.getPwd()];
  const environment = request
    .getEnvList()
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
  const plugin = spawn(process.execPath, command, {
    cwd,
    env: Object.fromEntries(environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
  streamOutput(call, plugin, messages.RunPluginResponse);
  plugin.on("close", (code) => {
    const response = new messages.RunPluginResponse();
    response.setExitcode(code ?? 1);
    call.write(response);
    call.end();
  });
}
