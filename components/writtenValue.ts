import { createHmac } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { InputError } from "./errors";

/**
 * A number that changes with the value, since a write-only value is never compared: the first 48 bits of
 * HMAC-SHA256(URN, value). Secret like the value itself, or a weak value could be guessed from it.
 */
export function contentVersion(urn: pulumi.Output<string>, content: pulumi.Output<string>): pulumi.Output<number> {
  return pulumi.secret(
    pulumi
      .all([urn, content])
      .apply(([key, value]) => createHmac("sha256", key).update(value).digest().readUIntBE(0, 6)),
  );
}

/** Terraform's types, and so the providers of all clouds, put texts into normal form C: https://pkg.go.dev/github.com/zclconf/go-cty/cty#NormalizeString */
export function arrivesAsGiven(name: string, content: pulumi.Output<string>): pulumi.Output<string> {
  return content.apply((text) => {
    if (Buffer.from(text.normalize("NFC")).toString() === text) return text;
    throw new InputError([
      `Secret "${name}": value: has characters that the cloud's provider would change (an accent apart from its letter, or ` +
        "half a character): give it in Unicode normal form C, or put it in from outside",
    ]);
  });
}
