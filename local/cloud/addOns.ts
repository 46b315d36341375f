import path from "node:path";
import { customResourceDefinitions, installDefinitions } from "./customResources";
import { type ExternalSecretsFiles, prepareExternalSecrets, startExternalSecrets } from "./externalSecrets";
import type { RunningKubernetes } from "./kubernetes";
import type { Daemons } from "./processes";
import type { Log } from "./progress";
import type { Part } from "./record";
import { prepareReloader, startReloader } from "./reloader";
import type { RequestLogAddresses } from "./requestLogDaemon";
import { goTools, requiredVersion, toolVersion } from "./toolCache";
import { type Availability, optional } from "./unavailable";

/** What is installed into the cluster. A cloud starts without, and says so. */
export interface AddOns {
  externalSecrets: Availability<ExternalSecretsFiles>;
  /** Executable of Reloader. */
  reloader: Availability<string>;
  /** File with the definitions of its kinds. */
  secretsStore: Availability<string>;
  /** The same of SecretSync. */
  secretSync: Availability<string>;
}

/** What they run against. */
interface Clouds {
  kubernetes: Availability<RunningKubernetes>;
  aws: Availability<RequestLogAddresses>;
}

const secretsStore = {
  build: "secrets-store-csi-driver",
  module: "sigs.k8s.io/secrets-store-csi-driver",
  folder: "config/crd/bases",
};

/**
 * GKE's definition is in no module: this is that of kubernetes-sigs/secrets-store-sync-controller, whose API Google serves
 * in a group of its own (https://cloud.google.com/secret-manager/docs/sync-k8-secrets), with the same rules for each field.
 */
const secretSyncDefinitions = path.join(__dirname, "definitions", "secretSync.json");

export async function prepareAddOns(log: Log): Promise<AddOns> {
  const [externalSecrets, reloader, definitions] = await Promise.all([
    optional("it can't be built", prepareExternalSecrets(log)),
    optional("it can't be built", prepareReloader(log)),
    optional("its module can't be fetched", customResourceDefinitions(secretsStore)),
  ]);
  return { externalSecrets, reloader, secretsStore: definitions, secretSync: { value: secretSyncDefinitions } };
}

export async function startAddOns(
  daemons: Daemons,
  directory: string,
  addOns: AddOns,
  clouds: Clouds,
): Promise<Part[]> {
  const [operator, restarter, kinds, secretSync] = await Promise.all([
    startOperator(daemons, directory, addOns.externalSecrets, clouds),
    startRestarter(daemons, directory, addOns.reloader, clouds),
    installKinds(addOns.secretsStore, clouds),
    installKinds(addOns.secretSync, clouds),
  ]);
  return [
    part("external-secrets", "External Secrets Operator", toolVersion(goTools.externalSecrets), operator.why),
    part("reloader", "Reloader", toolVersion(goTools.reloader), restarter.why),
    part(
      "secrets-store",
      // There is no kubelet to call a driver: its objects are accepted, and mount nothing.
      "Secrets Store CSI driver (its kinds only)",
      requiredVersion(secretsStore.build, secretsStore.module),
      kinds.why,
    ),
    {
      name: "secret-sync",
      what: "Secret Sync of GKE (its kind only)",
      real: false,
      ...(secretSync.why === undefined ? { version: "simulated" } : { version: "absent", why: secretSync.why }),
    },
  ];
}

async function startOperator(
  daemons: Daemons,
  directory: string,
  files: AddOns["externalSecrets"],
  { kubernetes, aws }: Clouds,
): Promise<Availability<void>> {
  if (kubernetes.why !== undefined) return kubernetes;
  if (aws.why !== undefined) return aws;
  if (files.why !== undefined) return files;
  const { kubeconfig } = kubernetes.value;
  return optional(
    "it can't be started",
    startExternalSecrets(daemons, directory, files.value, kubeconfig, aws.value.operator),
  );
}

async function startRestarter(
  daemons: Daemons,
  directory: string,
  binary: AddOns["reloader"],
  { kubernetes }: Clouds,
): Promise<Availability<void>> {
  if (kubernetes.why !== undefined) return kubernetes;
  if (binary.why !== undefined) return binary;
  return optional("it can't be started", startReloader(daemons, directory, binary.value, kubernetes.value.kubeconfig));
}

async function installKinds(definitions: AddOns["secretsStore"], { kubernetes }: Clouds): Promise<Availability<void>> {
  if (kubernetes.why !== undefined) return kubernetes;
  if (definitions.why !== undefined) return definitions;
  return optional("its kinds can't be installed", installDefinitions(kubernetes.value.kubeconfig, definitions.value));
}

function part(name: string, what: string, version: string, why: string | undefined): Part {
  return why === undefined ? { name, what, real: true, version } : { name, what, real: false, version: "absent", why };
}
