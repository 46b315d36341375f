import { writeFileSync } from "node:fs";
import path from "node:path";
import { makeOnce } from "./cache";
import { moduleFolder } from "./moduleFolder";
import { type Log, withProgress } from "./progress";
import { run } from "./run";
import { findTerraformAwsProvider, terraformAwsVersion, terraformInitDirectory } from "./terraformProvider";
import { findOnPath } from "./toolCache";
import { PartUnavailable } from "./unavailable";

export interface AwsProviderFiles {
  /** The executable of the Terraform AWS provider. */
  binary: string;
  /** Its protocol: tfplugin5.proto. */
  protocol: string;
}

const protocolName = "tfplugin5.proto";
const protocolModule = {
  build: "terraform-plugin-go",
  module: "github.com/hashicorp/terraform-plugin-go",
  folder: "tfprotov5/internal/tfplugin5",
};

export async function prepareAwsProvider(log: Log): Promise<AwsProviderFiles> {
  const [binary, protocol] = await Promise.all([providerBinary(log), protocolFile()]);
  return { binary, protocol };
}

async function providerBinary(log: Log): Promise<string> {
  const found = findTerraformAwsProvider();
  if (found !== undefined) return found;
  const missing = `the Terraform AWS provider ${terraformAwsVersion} is in no plugin mirror of this machine`;
  const terraform = findOnPath("terraform");
  if (terraform === undefined) {
    throw new PartUnavailable(
      `${missing}: install terraform (https://developer.hashicorp.com/terraform/install), or name the binary in VANTEDGE_TERRAFORM_AWS`,
    );
  }
  try {
    await terraformInit(terraform, log);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
    throw new PartUnavailable(
      `${missing}, and terraform could not fetch it (name its binary in VANTEDGE_TERRAFORM_AWS): ${reason}`,
    );
  }
  const fetched = findTerraformAwsProvider();
  if (fetched === undefined) throw new PartUnavailable(`${missing}, and terraform init did not bring it`);
  return fetched;
}

async function terraformInit(terraform: string, log: Log): Promise<void> {
  const requirements = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: terraformAwsVersion } } },
  };
  await makeOnce(terraformInitDirectory(), log, (scratch) =>
    withProgress(log, `fetching the Terraform AWS provider ${terraformAwsVersion}`, "150 MB, once", async () => {
      writeFileSync(path.join(scratch, "main.tf.json"), JSON.stringify(requirements));
      await run(terraform, [`-chdir=${scratch}`, "init", "-input=false", "-no-color"]);
    }),
  );
}

async function protocolFile(): Promise<string> {
  const given = process.env.VANTEDGE_TFPLUGIN_PROTO;
  return given || path.join(await moduleFolder(protocolModule), protocolName);
}
