import type * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";

const soon = () => new InputError(["Google Cloud is not provisioned by this version yet: use aws"]);

export function createProvider(): pulumi.ProviderResource {
  throw soon();
}
