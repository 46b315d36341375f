import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";

/**
 * A hook that the engine runs before a resource changes, in previews as well. It runs in the context of whoever registers
 * it: in a plugin for other languages the SDK calls hooks outside of that, and what they log or ask would be lost.
 */
export function beforeHook(name: string, run: (args: pulumi.ResourceHookArgs) => Promise<void>): pulumi.ResourceHook {
  return new pulumi.ResourceHook(`vantedge-secrets:${name}`, AsyncResource.bind(run), { onDryRun: true });
}
