import path from "node:path";
import { prepareAwsCli, writeAwsCli } from "./awsCli";
import { prepareAwsProvider } from "./awsProvider";
import { linkLanguageHosts, prepareEngine } from "./engine";
import { prepareKubernetes, startKubernetes } from "./kubernetes";
import { prepareMoto, startMoto } from "./moto";
import { findOfficialPlugin, nodeBinary, writeNodeLanguageHost, writePlugins } from "./plugins";
import type { Daemons } from "./processes";
import type { Log } from "./progress";
import { startProviders } from "./providerDaemon";
import type { Part, RunningCloud } from "./record";
import { startRequestLog } from "./requestLogDaemon";
import { terraformAwsVersion } from "./terraformProvider";
import { goTools, motoVersion, toolVersion } from "./toolCache";
import { PartUnavailable } from "./unavailable";

const pulumiSdk = path.join(__dirname, "..", "..", "node_modules", "@pulumi", "pulumi");

/** Where nothing listens: a cloud without the part has an address that refuses at once, never someone else's. */
const nowhere = "http://127.0.0.1:1";

/** A real part that this machine has, or what is missing. */
type Availability<T> = { value: T; why?: undefined } | { value?: undefined; why: string };

/** Gets every part ready, starts it, and says which are real. */
export async function startParts(
  daemons: Daemons,
  directory: string,
  accountId: string,
  log: Log,
): Promise<RunningCloud> {
  const official = { aws: findOfficialPlugin("aws"), kubernetes: findOfficialPlugin("kubernetes") };
  const [engine, moto, terraform, kubernetes, awsCli] = await Promise.all([
    prepareEngine(log),
    availability(prepareMoto(log)),
    official.aws ? undefined : availability(prepareAwsProvider(log)),
    availability(prepareKubernetes(log)),
    availability(prepareAwsCli(log)),
  ]);
  const missing = { aws: moto.why ?? terraform?.why, kubernetes: kubernetes.why };
  if (process.env.VANTEDGE_REQUIRE_REAL === "1") requireNothingMissing(missing);

  const [awsUrl, kubernetesUrl, providers] = await Promise.all([
    moto.value ? startAwsApi(daemons, directory, moto.value, accountId) : nowhere,
    kubernetes.value ? startKubernetes(daemons, path.join(directory, "kubernetes"), kubernetes.value) : nowhere,
    startProviders(daemons, directory, accountId, terraform?.value),
  ]);

  const languageHosts = linkLanguageHosts(directory, engine.languageHosts);
  if (engine.folder !== undefined) writeNodeLanguageHost(directory, languageHosts);
  const bin = writePlugins(directory, {
    aws: missing.aws === undefined ? (official.aws ?? "ours") : "simulated",
    kubernetes: missing.kubernetes === undefined ? (official.kubernetes ?? "ours") : "simulated",
  });
  if (awsCli.value !== undefined) writeAwsCli(bin, awsCli.value);
  const engineFolder = engine.folder === undefined ? [] : [engine.folder];
  return {
    daemons: daemons.names(),
    endpoints: { aws: awsUrl, kubernetes: kubernetesUrl },
    pathFolders: [bin, languageHosts, ...engineFolder, path.dirname(nodeBinary), pulumiSdk],
    languageHosts,
    providers,
    parts: [
      { name: "engine", what: "Pulumi engine and CLI", real: true, version: engine.version, ...why(engine.why) },
      part("aws-api", "AWS API (moto)", motoVersion, moto.why),
      part(
        "aws-provider",
        "AWS resource provider",
        official.aws ? `pulumi-resource-aws ${official.aws.version}` : `Terraform AWS provider ${terraformAwsVersion}`,
        missing.aws,
      ),
      part("kubernetes-api", "Kubernetes API server with RBAC", toolVersion(goTools.kubeApiserver), missing.kubernetes),
      part(
        "kubernetes-provider",
        "Kubernetes resource provider",
        official.kubernetes
          ? `pulumi-resource-kubernetes ${official.kubernetes.version}`
          : "local/providers/kubernetes",
        missing.kubernetes,
      ),
      part("gcp-provider", "Google Cloud resource provider", "", "Google Cloud has no emulator of these APIs"),
    ],
  };
}

async function availability<T>(preparation: Promise<T>): Promise<Availability<T>> {
  try {
    return { value: await preparation };
  } catch (error) {
    if (error instanceof PartUnavailable) return { why: error.message };
    throw error;
  }
}

function requireNothingMissing(missing: { [part: string]: string | undefined }): void {
  const reasons = Object.entries(missing).flatMap(([name, reason]) =>
    reason === undefined ? [] : `${name}: ${reason}`,
  );
  if (reasons.length > 0) throw new Error(`VANTEDGE_REQUIRE_REAL=1 allows nothing simulated; ${reasons.join("; ")}`);
}

function part(name: string, what: string, version: string, missing: string | undefined): Part {
  return missing === undefined
    ? { name, what, real: true, version }
    : { name, what, real: false, version: "simulated", why: missing };
}

function why(reason: string | undefined): Pick<Part, "why"> {
  return reason === undefined ? {} : { why: reason };
}

async function startAwsApi(daemons: Daemons, directory: string, python: string, accountId: string): Promise<string> {
  return startRequestLog(daemons, directory, await startMoto(daemons, python, accountId));
}
