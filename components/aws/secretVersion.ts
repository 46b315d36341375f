import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { SecretSpec } from "../backend";
import { InputError } from "../errors";
import { arrivesAsGiven, contentVersion } from "../writtenValue";
import { refuseForeignKey } from "./keptKey";
import { refuseOverwriting, rotatedSince, valuesThatStay } from "./rotatedValue";

/**
 * The value. Never deleted by Pulumi: with a rotation in between, the version that the state knows is not the current
 * one, and deleting it would break the next change (design.md 5). Secrets Manager ages old versions out by itself.
 */
export function createVersion(
  name: string,
  spec: SecretSpec,
  secret: secretsmanager.Secret,
  content: pulumi.Output<string>,
  urn: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): { resource: secretsmanager.SecretVersion; versionId: pulumi.Output<string> } {
  const number = contentVersion(urn, content);
  const isInitial = spec.rotation !== undefined && !spec.overwriteRotated;
  const resource = new secretsmanager.SecretVersion(
    `${name}-version`,
    {
      region: spec.workspace.region as string,
      secretId: secret.id,
      secretStringWo: arrivesAsGiven(name, content),
      secretStringWoVersion: number,
    },
    {
      ...options,
      retainOnDelete: true,
      additionalSecretOutputs: ["secretStringWoVersion"],
      ...(isInitial ? { ignoreChanges: ["secretStringWo", "secretStringWoVersion"] } : {}),
      hooks: {
        beforeCreate: [
          refuseForeignKey(name, spec, secret.kmsKeyId, options),
          // What rotation may have replaced is written once: what the program holds later changes nothing in the cloud.
          ...(isInitial ? [refuseOverwriting(name, spec, options)] : []),
        ],
      },
    },
  );
  valuesThatStay.watch(resource);
  return { resource, versionId: isInitial ? unlessChanged(name, resource, number) : resource.versionId };
}

/**
 * The engine keeps the ignored number, so a changed value shows as another number than the one it gives back. No hook
 * could tell: before a replacement it is not given what is replaced (pkg/v3 resource/deploy/step.go, CreateStep.Apply).
 */
function unlessChanged(
  name: string,
  version: secretsmanager.SecretVersion,
  given: pulumi.Output<number>,
): pulumi.Output<string> {
  return pulumi.unsecret(
    pulumi.all([version.versionId, version.secretStringWoVersion, given]).apply(([id, kept, now]) => {
      if (kept !== now) throw new InputError([rotatedSince(name)]);
      return id;
    }),
  );
}
