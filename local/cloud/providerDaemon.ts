import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { AwsProviderFiles } from "./awsProvider";
import { nodeArguments, nodeBinary } from "./plugins";
import { addressFrom } from "./ports";
import type { Daemons } from "./processes";
import { googleRequestLogFile } from "./requestLogDaemon";

/** Starts the process that serves the AWS bridge and the simulated providers, and returns its address. */
export async function startProviders(
  daemons: Daemons,
  directory: string,
  accountId: string,
  terraform: AwsProviderFiles | undefined,
): Promise<string> {
  const addressFile = path.join(directory, "run", "providers.address");
  const googleLog = googleRequestLogFile(directory);
  mkdirSync(path.dirname(googleLog), { recursive: true });
  writeFileSync(googleLog, "");
  daemons.start({
    name: "providers",
    command: nodeBinary,
    args: [...nodeArguments("local/providers/daemon.ts"), "--listen", "127.0.0.1:0", "--address-file", addressFile],
    env: {
      ...process.env,
      ...(terraform && { VANTEDGE_TERRAFORM_AWS: terraform.binary, VANTEDGE_TFPLUGIN_PROTO: terraform.protocol }),
      VANTEDGE_SIMULATED_ACCOUNT: accountId,
      VANTEDGE_GCP_REQUEST_LOG: googleLog,
      VANTEDGE_GCP_STATE: path.join(directory, "google.json"),
      VANTEDGE_SIMULATED_STATE: path.join(directory, "simulated.json"),
    },
  });
  return addressFrom(addressFile, "providers", () => daemons.requireAlive("providers"));
}
