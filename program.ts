import * as pulumi from "@pulumi/pulumi";
import { InputError } from "./components/errors";
import { outputsOf } from "./components/manifest/outputs";
import { provisionManifest } from "./components/manifest/provision";
import { readSettings } from "./components/manifest/settings";

/** The root program: `pulumi config set manifest FILE && pulumi up` provisions what the manifest declares. */
async function program(): Promise<Record<string, unknown>> {
  const config = new pulumi.Config();
  const file = config.get("manifest");
  if (file === undefined) throw new InputError(["no manifest: run pulumi config set manifest FILE"]);
  return outputsOf(await provisionManifest(file), readSettings(config).outputs);
}

/** Exported as the module itself: an entry that only exports by name creates nothing. */
export = program;
