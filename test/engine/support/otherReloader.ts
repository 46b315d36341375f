import { builtTool } from "../../../local/cloud/build";
import { startOptional } from "../../../local/cloud/optionalDaemon";
import { freePorts } from "../../../local/cloud/ports";
import { Daemons } from "../../../local/cloud/processes";
import { goTools } from "../../../local/cloud/toolCache";

const cloud = process.env.VANTEDGE_LOCAL_CLOUD as string;
const daemons = new Daemons(cloud);
const name = "reloader-env-vars";

/** By which it goes, so that it and the cloud's own leave each other's workloads alone. */
export const otherAnnotation = "env-vars.example.com/auto";

/** Reloader with the strategy that is its default: the cloud's own has the other one. */
export async function startOtherReloader(): Promise<void> {
  const [port] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  const command = {
    name,
    command: await builtTool(goTools.reloader, console.log),
    args: [
      "--reload-strategy=env-vars",
      `--auto-annotation=${otherAnnotation}`,
      "--secret-annotation=env-vars.example.com/reload",
    ],
    env: {
      HOME: cloud,
      KUBECONFIG: process.env.KUBECONFIG,
      RELOADER_LISTEN_ADDRESS: address,
      // Its meta-info is not to take the place of the other's.
      RELOADER_NAMESPACE: "default",
      RELOADER_DEPLOYMENT_NAME: "none",
    },
  };
  await startOptional(daemons, command, `http://${address}/live`);
}

export function endOtherReloader(): Promise<void> {
  return daemons.stop(name);
}
