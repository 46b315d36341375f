/** Which provider serves which package. */
import { AwsProvider } from "./aws/provider";
import { GoogleProvider } from "./google/provider";
import type { Provider } from "./provider";
import { SimulatedProvider } from "./simulated";
import { account } from "./simulated/inventions";

export class Packages {
  readonly description: string;
  private readonly aws: AwsProvider | undefined;
  private readonly google: GoogleProvider;
  private readonly simulated: SimulatedProvider;

  /**
   * VANTEDGE_TERRAFORM_AWS (the provider's executable) and VANTEDGE_TFPLUGIN_PROTO (tfplugin5.proto) are needed for
   * `aws`; VANTEDGE_GCP_STATE and VANTEDGE_GCP_REQUEST_LOG are files of the simulated Google Cloud, and
   * VANTEDGE_SIMULATED_STATE is the file of all else that is simulated.
   */
  constructor(env: NodeJS.ProcessEnv) {
    const { VANTEDGE_TERRAFORM_AWS: binary, VANTEDGE_TFPLUGIN_PROTO: protocol } = env;
    this.aws = binary && protocol ? new AwsProvider({ binary, protocol }) : undefined;
    const { VANTEDGE_GCP_STATE: stateFile, VANTEDGE_GCP_REQUEST_LOG: logFile } = env;
    this.google = new GoogleProvider({ stateFile, logFile, projectNumber: account });
    this.simulated = new SimulatedProvider(env.VANTEDGE_SIMULATED_STATE);
    this.description = this.aws ? `aws on ${binary}, all else simulated` : "everything simulated";
  }

  /** AWS is simulated only where the caller says so, by the name `simulated`. */
  provider(name: string): Provider {
    if (name === "gcp") return this.google;
    if (name !== "aws") return this.simulated;
    if (this.aws) return this.aws;
    throw new Error("the local AWS provider needs VANTEDGE_TERRAFORM_AWS and VANTEDGE_TFPLUGIN_PROTO");
  }

  async stop(): Promise<void> {
    await Promise.all([this.aws?.stop(), this.google.stop(), this.simulated.stop()]);
  }
}
