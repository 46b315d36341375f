/**
 * What a package's npm SDK tells of the package. Programs in YAML ask the provider for its schema; the official ones are
 * made from it, so that the SDK's generated JavaScript, which is here anyway, gives back the names of all properties.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

type Property = { $ref: string; secret?: true } | { type: "string"; const: string };
interface Resource {
  inputProperties: Record<string, Property>;
  properties: Record<string, Property>;
}

const any = "pulumi.json#/Any";

function folderOf(packageName: string): string {
  return path.join(__dirname, "..", "..", "node_modules", "@pulumi", packageName);
}

/** Every package is served in the version of its SDK here, whatever that is. */
export function sdkVersion(packageName: string): string {
  const file = path.join(folderOf(packageName), "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : "0.0.0";
}

const schemas = new Map<string, string>();

/** Resources and their properties by name, of any type. No functions, no components; `{}` for a package without SDK. */
export function sdkSchema(packageName: string): string {
  const known = schemas.get(packageName) ?? JSON.stringify(schemaOf(packageName));
  schemas.set(packageName, known);
  return known;
}

function schemaOf(packageName: string): object {
  const folder = folderOf(packageName);
  if (!existsSync(folder)) return {};
  const classes = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js") && !file.startsWith("node_modules"))
    .flatMap((file) => generatedClass(readFileSync(path.join(folder, file), "utf8")));
  const resources = new Map(classes);
  const provider = resources.get(packageName);
  resources.delete(packageName);
  return { name: packageName, version: sdkVersion(packageName), provider, resources: Object.fromEntries(resources) };
}

/** The class of a resource as Pulumi's code generator writes it; one in a file. */
function generatedClass(source: string): [token: string, resource: Resource][] {
  const token = /static __pulumiType = '(.+)';/.exec(source)?.[1];
  if (token === undefined || !/ extends pulumi\.(Custom|Provider)Resource /.test(source)) return [];
  const secrets = /additionalSecretOutputs: (\[.*\])/.exec(source)?.[1] ?? "[]";
  const isSecret = new Set(JSON.parse(secrets) as string[]);
  const resource: Resource = { inputProperties: {}, properties: {} };
  for (const [, name = "", value = ""] of source.matchAll(/resourceInputs\["(\w+)"\] = (.*);/g)) {
    const constant = /^"(.*)"$/.exec(value)?.[1];
    resource.properties[name] ??= { $ref: any, ...(isSecret.has(name) && { secret: true }) };
    if (constant !== undefined) resource.inputProperties[name] = { type: "string", const: constant };
    else if (/\bargs\b/.test(value)) resource.inputProperties[name] = { $ref: any };
  }
  return [[token, resource]];
}
