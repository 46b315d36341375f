import { builtTool } from "./build";
import { customResourceDefinitions, installDefinitions } from "./customResources";
import { startOptional } from "./optionalDaemon";
import { freePorts } from "./ports";
import type { Daemons } from "./processes";
import type { Log } from "./progress";
import { goTools } from "./toolCache";

export interface ExternalSecretsFiles {
  binary: string;
  definitions: string;
}

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
  const command = {
    name: "external-secrets",
    command: binary,
    args: ["--metrics-addr=0", `--live-addr=127.0.0.1:${port}`],
    env: environment(directory, kubeconfig, awsUrl),
  };
  await startOptional(daemons, command, `http://127.0.0.1:${port}/healthz`);
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
