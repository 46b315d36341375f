/** `npm run schema`: writes sdk/schema.json, what programs in other languages know of the components. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { ComponentProvider, getPulumiComponents } from "@pulumi/pulumi/provider/experimental";
import * as vantedge from "vantedge-secrets";

const root = path.resolve(__dirname, "..");

/** The schema as Pulumi's analyzer reads it from the sources of all exported components. Takes seconds: it compiles them. */
export async function componentSchema(): Promise<unknown> {
  const components = getPulumiComponents(vantedge);
  const provider = new ComponentProvider({ name: "vantedge-secrets", dirname: root, components });
  return JSON.parse(await provider.getSchema());
}

export const schemaFile = path.join(root, "sdk", "schema.json");

async function write(): Promise<void> {
  writeFileSync(schemaFile, `${JSON.stringify(await componentSchema(), null, 2)}\n`);
}

if (require.main === module) void write();
