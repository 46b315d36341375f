import { writeFile } from "node:fs/promises";
import path from "node:path";
import { ComponentProvider } from "@pulumi/pulumi/provider/experimental";
import { AuditTrail, DeploymentBinding, Secret, Workspace } from "../index";

const root = path.join(__dirname, "..");
export const schemaFile = path.join(root, "sdk", "schema.json");

/** What the components look like to other languages, as text. */
export async function componentSchema(): Promise<string> {
  const components = [Workspace, Secret, DeploymentBinding, AuditTrail];
  const provider = new ComponentProvider({ name: "vantedge-secrets", dirname: root, components });
  const schema = JSON.parse((await provider.getSchema()) as string);
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (require.main === module) void componentSchema().then((text) => writeFile(schemaFile, text));
