/**
 * The Node.js language host of the local cloud, where no official one is installed: it starts the SDK's own entry points
 * for programs and plugins. The last host on the Go module proxy (sdk v3.68.0) stands between program and engine with a proxy that
 * knows the engine's calls of its day only, and so refuses resource hooks (`unknown method RegisterResourceHook`). A
 * current host hands the program the engine's own address, as this one does.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { endWithParent } from "../endWithParent";
import { endingWithHost } from "./children";
import { generatePackageWith, installDependencies, link } from "./packages";
import { runPlugin } from "./runPlugin";

const protocol = require("@pulumi/pulumi/proto/language_grpc_pb");
const messages = require("@pulumi/pulumi/proto/language_pb");
const pluginMessages = require("@pulumi/pulumi/proto/plugin_pb");

/** What the SDK exits with when the user has been told already (cmd/run/index.js). */
const userWasTold = 32;

/** The parts of pulumirpc.RunRequest that start a program: proto/pulumi/language.proto in pulumi/pulumi. */
interface RunRequest {
  getProject(): string;
  getStack(): string;
  getOrganization(): string;
  getDryrun(): boolean;
  getParallel(): number;
  getMonitorAddress(): string;
  getArgsList(): string[];
  getConfigMap(): { toObject(): [string, string][] };
  getConfigsecretkeysList(): string[];
  getInfo(): {
    getRootDirectory(): string;
    getProgramDirectory(): string;
    getEntryPoint(): string;
    /** `runtime.options` of Pulumi.yaml. */
    getOptions(): { toJavaScript(): { typescript?: boolean } } | undefined;
  };
}

type Call<Request> = ServerUnaryCall<Request, unknown>;
type Answer = sendUnaryData<unknown>;

const engineAddress = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "";
const generator = process.argv.find((argument) => argument.startsWith("--generator="))?.split("=")[1] as string;

function run({ request }: Call<RunRequest>, answer: Answer): void {
  const program = endingWithHost(
    spawn(process.execPath, programArguments(request), {
      cwd: request.getInfo().getProgramDirectory(),
      env: { ...process.env, ...programConfig(request) },
      stdio: ["ignore", "inherit", "inherit"],
    }),
  );
  program.on("error", (error) => answer({ code: status.INTERNAL, details: error.message }));
  program.on("exit", (code, signal) => answer(null, runResponse(code, signal)));
}

function programArguments(request: RunRequest): string[] {
  const info = request.getInfo();
  const programFolder = info.getProgramDirectory();
  const options: [name: string, value: string][] = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engineAddress],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["stack", request.getStack()],
    ["pwd", programFolder],
    ["root-directory", info.getRootDirectory()],
    ["parallel", String(request.getParallel())],
  ];
  return [
    // The program's own SDK, wherever node finds it from there.
    createRequire(path.join(programFolder, "index.js")).resolve("@pulumi/pulumi/cmd/run"),
    ...options.flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
}

/** Configuration goes through the environment, never through arguments: other users can list those. */
function programConfig(request: RunRequest): Record<string, string> {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toObject())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(request.getInfo().getOptions()?.toJavaScript().typescript !== false),
  };
}

function runResponse(code: number | null, signal: string | null): unknown {
  const response = new messages.RunResponse();
  if (code === userWasTold) response.setBail(true);
  else if (code !== 0)
    response.setError(`Program exited with ${code === null ? signal : `non-zero exit code: ${code}`}`);
  return response;
}

function serve(): void {
  const server = new Server();
  server.addService(protocol.LanguageRuntimeService, {
    run,
    runPlugin,
    installDependencies,
    link,
    generatePackage: generatePackageWith(generator),
    getPluginInfo: (_: Call<unknown>, answer: Answer) => {
      const info = new pluginMessages.PluginInfo();
      info.setVersion("0.0.0-local");
      answer(null, info);
    },
    // The engine finds plugins by itself as resources are registered.
    getRequiredPlugins: (_: Call<unknown>, answer: Answer) => answer(null, new messages.GetRequiredPluginsResponse()),
    getRequiredPackages: (_: Call<unknown>, answer: Answer) => answer(null, new messages.GetRequiredPackagesResponse()),
    cancel: (_: Call<unknown>, answer: Answer) =>
      answer(null, new (require("google-protobuf/google/protobuf/empty_pb").Empty)()),
  });
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
  });
}

serve();
endWithParent();
