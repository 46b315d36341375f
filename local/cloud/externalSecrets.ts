import { builtTool } from "./build";
import { customResourceDefinitions, installDefinitions } from "./customResources";
import { freePorts, waitUntil } from "./ports";
import type { Daemons } from "./processes";
import type { Log } from "./progress";
import { goTools } from "./toolCache";

export interface ExternalSecretsFiles {
  binary: string;
  definitions: string;
}

const name = "external-secrets";

export async function prepareExternalSecrets(log: Log): Promise<ExternalSecretsFiles> {
  const { module, versionOf } = goTools.externalSecrets;
  const binary = await builtTool(goTools.externalSecrets, log);
  return {
    binary,
    definitions: await customResourceDefinitions({ build: module, module: versionOf, folder: "deploy/crds" }),
  };
}

/** The operator alone: its webhook would check and convert nothing that is here, and nobody else wants to lead. */
export async function startExternalSecrets(
  daemons: Daemons,
  directory: string,
  { binary, definitions }: ExternalSecretsFiles,
  kubeconfig: string,
  awsUrl: string,
): Promise<void> {
  await installDefinitions(kubeconfig, definitions);
  const [port] = await freePorts(1);
  daemons.start({
    name,
    command: binary,
    args: ["--metrics-addr=0", `--live-addr=127.0.0.1:${port}`],
    env: environment(directory, kubeconfig, awsUrl),
  });
  const ready = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
  try {
    await waitUntil(name, 60, ready, () => daemons.requireAlive(name));
  } catch (error) {
    // A cloud whose daemon is dead counts as abandoned, and this one goes on without.
    await daemons.stop(name);
    throw error;
  }
}

/**
 * All that it gets, and no keys: who reads is the role of the ServiceAccount that a SecretStore names. The variables for
 * endpoints are its own: pkg/provider/aws/auth/resolver.go and those of the two services.
 */
function environment(directory: string, KUBECONFIG: string, awsUrl: string): NodeJS.ProcessEnv {
  return {
    HOME: directory,
    KUBECONFIG,
    AWS_SECRETSMANAGER_ENDPOINT: awsUrl,
    AWS_SSM_ENDPOINT: awsUrl,
    AWS_STS_ENDPOINT: awsUrl,
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
