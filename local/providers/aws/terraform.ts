/**
 * One process of the Terraform provider and its gRPC client (plugin protocol 5, tfplugin5.proto).
 * https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

/** From github.com/hashicorp/terraform-plugin-go, tfprotov5/tf5server/server.go: it tells a plugin that it is one. */
const magicCookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/**
 * The provider never ends by itself. This shell ends it when our end of its standard input closes, so that nothing is
 * left running even where the daemon was killed.
 */
const watch = 'exec 3<&0; "$0" 3<&- & child=$!; (cat <&3 >/dev/null; kill "$child" 2>/dev/null) & wait "$child"';

const unlimited = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

export interface TerraformPaths {
  /** The provider's executable. */
  binary: string;
  /** tfplugin5.proto. */
  protocol: string;
}

export interface Diagnostic {
  severity: "INVALID" | "ERROR" | "WARNING";
  summary: string;
  detail: string;
  attribute: AttributePath | null;
}

export interface AttributePath {
  steps: { attribute_name?: string; element_key_string?: string; element_key_int?: number }[];
}

export class Terraform {
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  private readonly client: grpc.Client;

  private constructor(
    private readonly child: ChildProcess,
    socket: string,
    private readonly methods: grpc.ServiceDefinition,
  ) {
    this.ended = new Promise((resolve) => child.once("exit", () => resolve()));
    this.client = new grpc.Client(`unix:${socket}`, grpc.credentials.createInsecure(), unlimited);
  }

  static async start(paths: TerraformPaths, env: { [name: string]: string }): Promise<Terraform> {
    const child = spawn("/bin/sh", ["-c", watch, paths.binary], {
      env: {
        ...env,
        TF_PLUGIN_MAGIC_COOKIE: magicCookie,
        PLUGIN_PROTOCOL_VERSIONS: "5",
        TF_LOG: "ERROR",
        TF_LOG_SDK: "ERROR",
      },
      stdio: ["pipe", "pipe", "ignore"],
    });
    // The version, network and address line that go-plugin prints: 1|5|unix|SOCKET|grpc|
    const line = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).once("line", resolve);
      child.once("error", reject);
      child.once("exit", () => reject(new Error(`${paths.binary} ended before it was ready`)));
    });
    const [, version, network, socket] = line.split("|");
    if (version !== "5" || network !== "unix" || !socket) {
      child.stdin.end();
      throw new Error(`${paths.binary} does not speak plugin protocol 5 over a socket: ${line}`);
    }
    const definition = loadSync(paths.protocol, { keepCase: true, longs: Number, enums: String, defaults: true });
    return new Terraform(child, socket, definition["tfplugin5.Provider"] as grpc.ServiceDefinition);
  }

  /** Calls one method. What the provider objects to is in the answer's diagnostics: see `problem`. */
  async call<Answer extends { diagnostics?: Diagnostic[] }>(method: string, request: object): Promise<Answer> {
    const definition = this.methods[method];
    if (!definition) throw new Error(`plugin protocol 5 has no method ${method}`);
    return new Promise<Answer>((resolve, reject) => {
      this.client.makeUnaryRequest(
        definition.path,
        definition.requestSerialize,
        definition.responseDeserialize,
        request,
        (error, answer) => (error ? reject(new Error(`Terraform AWS provider: ${error.details}`)) : resolve(answer)),
      );
    });
  }

  stop(): void {
    this.client.close();
    this.child.stdin?.end();
  }
}

/** The errors among diagnostics, one line each, joined; undefined where there is none. */
export function problem(diagnostics: Diagnostic[] | undefined): string | undefined {
  const errors = (diagnostics ?? []).filter((diagnostic) => diagnostic.severity === "ERROR");
  return errors.length > 0 ? errors.map(describe).join("; ") : undefined;
}

export function describe({ summary, detail }: Diagnostic): string {
  return (detail ? `${summary}: ${detail}` : summary).replace(/\s+/g, " ").trim();
}
