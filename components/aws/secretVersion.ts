import { createHmac } from "node:crypto";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { SecretSpec } from "../backend";
import { InputError } from "../errors";
import { refuseOverwriting, rotatedSince } from "./rotatedValue";

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
      ...(isInitial ? onlyOnce(name, spec, options) : {}),
    },
  );
  return { resource, versionId: isInitial ? unlessChanged(name, resource, number) : resource.versionId };
}

/** What rotation may have replaced is written once: what the program holds later changes nothing in the cloud. */
function onlyOnce(name: string, spec: SecretSpec, options: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return {
    ignoreChanges: ["secretStringWo", "secretStringWoVersion"],
    hooks: { beforeCreate: [refuseOverwriting(name, spec, options)] },
  };
}

/**
 * The engine keeps the ignored number, so a changed value shows as another number than the one it gives back. No hook
 * could tell: before a replacement it is not given what is replaced (pkg/v3 resource/deploy/step.go, CreateStep.Apply),
 * and in other languages it can't ask the cloud. This holds in previews and everywhere.
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

/** Terraform's types, and so every AWS provider, put texts into normal form C: https://pkg.go.dev/github.com/zclconf/go-cty/cty#NormalizeString */
function arrivesAsGiven(name: string, content: pulumi.Output<string>): pulumi.Output<string> {
  return content.apply((text) => {
    if (Buffer.from(text.normalize("NFC")).toString() === text) return text;
    throw new InputError([
      `Secret "${name}": value: has characters that the AWS provider would change (an accent apart from its letter, or ` +
        "half a character): give it in Unicode normal form C, or put it in from outside",
    ]);
  });
}

/**
 * A number that changes with the value, since a write-only value is never compared: the first 48 bits of
 * HMAC-SHA256(URN, value). Secret like the value itself, or a weak value could be guessed from it.
 */
function contentVersion(urn: pulumi.Output<string>, content: pulumi.Output<string>): pulumi.Output<number> {
  return pulumi.secret(
    pulumi
      .all([urn, content])
      .apply(([key, value]) => createHmac("sha256", key).update(value).digest().readUIntBE(0, 6)),
  );
}
