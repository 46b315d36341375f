import type * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";

const soon = () => new InputError(["Google Cloud is not provisioned by this version yet: use aws"]);

export function currentVersion(): pulumi.Output<string | undefined> {
  throw soon();
}
export function secretId(): pulumi.Output<string> {
  throw soon();
}
