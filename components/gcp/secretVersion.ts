import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as pulumi from "@pulumi/pulumi";
import type { SecretSpec } from "../backend";
import { PreviousVersion } from "../secretArgs";
import { arrivesAsGiven, contentVersion } from "../writtenValue";
import type { Container } from "./container";
import { versionIdOf } from "./versions";

/**
 * Google's provider replaces a version whose value changes, and by itself destroys the one before for good
 * (terraform-provider-google#8653). Here the new one is made first, whatever the provider prefers, and the one before is
 * left as it is or disabled.
 */
function succession({ gcp }: SecretSpec): { deletionPolicy: string } {
  return { deletionPolicy: gcp?.previousVersion === PreviousVersion.Disable ? "DISABLE" : "ABANDON" };
}

/** The value: of a global secret write-only, so that nothing ever reads it back. */
export function createVersion(
  name: string,
  spec: SecretSpec,
  container: Container,
  content: pulumi.Output<string>,
  urn: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const given = arrivesAsGiven(name, content);
  const shared = { ...options, deleteBeforeReplace: false };
  const made = container.regional
    ? new secretmanager.RegionalSecretVersion(
        `${name}-version`,
        { secret: container.id, secretData: given, ...succession(spec) },
        shared,
      )
    : new secretmanager.SecretVersion(
        `${name}-version`,
        {
          secret: container.id,
          secretDataWo: given,
          secretDataWoVersion: contentVersion(urn, content),
          ...succession(spec),
        },
        { ...shared, additionalSecretOutputs: ["secretDataWoVersion"] },
      );
  return pulumi.unsecret(
    pulumi.all([made.version, made.createTime]).apply(([version, time]) => versionIdOf(version, time)),
  );
}
