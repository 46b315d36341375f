/** `pulumi install` and `pulumi package add` of a Node.js program: what the official host leaves to npm is npm's here. */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type ServerUnaryCall, type ServerWritableStream, type sendUnaryData, status } from "@grpc/grpc-js";
import { fail, streamOutput } from "./streamOutput";

const messages = require("@pulumi/pulumi/proto/language_pb");

const manifestFile = "package.json";

/** The parts of the requests of proto/pulumi/language.proto in pulumi/pulumi that are looked at. */
interface ProgramRequest {
  getInfo(): { getProgramDirectory(): string };
}
interface LinkRequest extends ProgramRequest {
  getPackagesList(): { getPath(): string }[];
}
interface Serializable {
  serializeBinary(): Uint8Array;
}

/** With its development dependencies: a plugin may be compiled on installation. */
export function installDependencies(call: ServerWritableStream<ProgramRequest, unknown>): void {
  const cwd = call.request.getInfo().getProgramDirectory();
  const npm = spawn("npm", ["install", "--loglevel=error"], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  streamOutput(call, npm, messages.InstallDependenciesResponse);
  npm.on("close", (code) => (code === 0 ? call.end() : fail(call, `npm install ended with code ${code}`)));
}

/** Makes a generated SDK a dependency of the program, which is compiled when it is installed. */
export function link({ request }: ServerUnaryCall<LinkRequest, unknown>, answer: sendUnaryData<unknown>): void {
  const folder = request.getInfo().getProgramDirectory();
  try {
    const manifest = readManifest(folder);
    const names = request.getPackagesList().map((generated) => {
      const from = `file:${generated.getPath()}`;
      const { name } = readManifest(path.join(folder, generated.getPath()));
      manifest.dependencies = { ...manifest.dependencies, [name]: from };
      // From version 12 on, npm runs no other installation scripts.
      manifest.allowScripts = { ...manifest.allowScripts, [from]: true };
      return name;
    });
    writeFileSync(path.join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
    const response = new messages.LinkResponse();
    response.setImportInstructions(names.map((name) => `Programs import it as "${name}".`).join("\n"));
    answer(null, response);
  } catch (error) {
    answer({ code: status.INTERNAL, details: (error as Error).message });
  }
}

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  allowScripts?: Record<string, boolean>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, manifestFile), "utf8")) as Manifest;
}

/** By the generator of the official host, which is there in Go only (local/build/generate-nodejs). */
export function generatePackageWith(generator: string) {
  return ({ request }: ServerUnaryCall<Serializable, unknown>, answer: sendUnaryData<unknown>): void => {
    try {
      const response = execFileSync(generator, { input: request.serializeBinary() });
      answer(null, messages.GeneratePackageResponse.deserializeBinary(response));
    } catch (error) {
      answer({ code: status.INTERNAL, details: (error as Error).message });
    }
  };
}
