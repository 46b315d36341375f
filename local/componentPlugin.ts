/**
 * The component plugin of the local cloud, for programs in other languages. Elsewhere it is the folder of the package
 * (PulumiPlugin.yaml), which Pulumi's own host of components runs. That analyzes the sources again in every run, which
 * takes 5 seconds, twice; this one reads the result of that from sdk/schema.json.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { main, type Provider } from "@pulumi/pulumi/provider";
import * as vantedge from "vantedge-secrets";

interface Schema {
  version: string;
  resources: Record<string, { properties: Record<string, unknown> }>;
}

type Component = new (name: string, args: pulumi.Inputs, opts: pulumi.ComponentResourceOptions) => pulumi.Resource;

const schema = readFileSync(path.join(__dirname, "..", "sdk", "schema.json"), "utf8");
const { version, resources } = JSON.parse(schema) as Schema;

const provider: Provider = {
  version,
  schema,
  async construct(name, type, inputs, options) {
    const outputs = Object.keys(resources[type]?.properties ?? {});
    const Class = (vantedge as unknown as Record<string, Component>)[type.split(":").at(-1) as string] as Component;
    const component = new Class(name, inputs, options);
    const state = outputs.map((output) => [output, component[output as keyof typeof component]]);
    return { urn: component.urn, state: Object.fromEntries(state) };
  },
};

void main(provider, process.argv.slice(2));
