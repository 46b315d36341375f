import path from "node:path";
import { prepareApiDescriptions } from "../google/descriptions";
import { prepareAddOns, startAddOns } from "./addOns";
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
import { type RequestLogAddresses, startRequestLog } from "./requestLogDaemon";
import { terraformAwsVersion } from "./terraformProvider";
import { goTools, motoVersion, toolVersion } from "./toolCache";
import { type Availability, availability } from "./unavailable";

const pulumiSdk = path.join(__dirname, "..", "..", "node_modules", "@pulumi", "pulumi");

/** Where nothing listens: a cloud without the part has an address that refuses at once, never someone else's. */
const nowhere = "http://127.0.0.1:1";

/** Gets every part ready, starts it, and says which are real. */
export async function startParts(
  daemons: Daemons,
  directory: string,
  accountId: string,
  log: Log,
): Promise<RunningCloud> {
  const official = { aws: findOfficialPlugin("aws"), kubernetes: findOfficialPlugin("kubernetes") };
  const [engine, moto, terraform, kubernetes, addOns, awsCli, googleApis] = await Promise.all([
    prepareEngine(log),
    availability(prepareMoto(log)),
    official.aws ? undefined : availability(prepareAwsProvider(log)),
    availability(prepareKubernetes(log)),
    prepareAddOns(log),
    availability(prepareAwsCli(log)),
    availability(prepareApiDescriptions(log)),
  ]);
  const missing = { aws: moto.why ?? terraform?.why, kubernetes: kubernetes.why };
  requireNothingMissing(missing);

  const [aws, cluster, providers] = await Promise.all([
    whereAvailable(moto, (python) => startAwsApi(daemons, directory, python, accountId)),
    whereAvailable(kubernetes, (binaries) => startKubernetes(daemons, path.join(directory, "kubernetes"), binaries)),
    startProviders(daemons, directory, accountId, terraform?.value),
  ]);
  const installed = await startAddOns(daemons, directory, addOns, { kubernetes: cluster, aws });
  requireNothingMissing(Object.fromEntries(installed.map(({ name, why }) => [name, why])));

  const languageHosts = linkLanguageHosts(directory, engine.languageHosts);
  if (engine.generator !== undefined) writeNodeLanguageHost(directory, languageHosts, engine.generator);
  const bin = writePlugins(directory, {
    aws: missing.aws === undefined ? (official.aws ?? "ours") : "simulated",
    kubernetes: missing.kubernetes === undefined ? (official.kubernetes ?? "ours") : "simulated",
  });
  if (awsCli.value !== undefined) writeAwsCli(bin, awsCli.value);
  const engineFolder = engine.folder === undefined ? [] : [engine.folder];
  return {
    daemons: daemons.names(),
    endpoints: { aws: aws.value?.clients ?? nowhere, kubernetes: cluster.value?.url ?? nowhere },
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
      ...installed,
      part(
        "gcp-provider",
        "Google Cloud resource provider",
        "",
        googleApis.why ??
          "Google Cloud has no emulator of these APIs; bodies are checked against Google's descriptions",
      ),
    ],
  };
}

async function whereAvailable<T, Running>(
  { value, why }: Availability<T>,
  start: (value: T) => Promise<Running>,
): Promise<Availability<Running>> {
  return why === undefined ? { value: await start(value) } : { why };
}

function requireNothingMissing(missing: { [part: string]: string | undefined }): void {
  if (process.env.VANTEDGE_REQUIRE_REAL !== "1") return;
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

async function startAwsApi(
  daemons: Daemons,
  directory: string,
  python: string,
  accountId: string,
): Promise<RequestLogAddresses> {
  return startRequestLog(daemons, directory, await startMoto(daemons, python, accountId));
}
