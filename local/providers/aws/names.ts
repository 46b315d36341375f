/**
 * Names: Pulumi's camelCase and plurals, Terraform's snake_case and singulars. The rules are those of the Pulumi
 * Terraform bridge (pkg/tfbridge/names.go): a list of more than one item is plural, if its plural is not taken.
 */
import { pluralize, singularize } from "inflection";
import { resourceTypes, sourceTypes } from "./exceptions";

export function camelCase(name: string): string {
  return name.replace(/(?<=.)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter, at: number) => (at === 0 ? "" : "_") + letter.toLowerCase());
}

/** Pulumi's name of a Terraform attribute or block. */
export function propertyName(name: string, plural: boolean, siblings: ReadonlySet<string>): string {
  if (!plural) return camelCase(name);
  const many = pluralize(name);
  return camelCase(singularize(many) === name && !siblings.has(many) ? many : name);
}

export interface Found<Schema> {
  typeName: string;
  schema: Schema;
}

/** Terraform's resource type of a Pulumi token such as `aws:iam/rolePolicy:RolePolicy`. */
export function resourceType<Schema>(token: string, known: ReadonlyMap<string, Schema>): Found<Schema> {
  return find(token, "", resourceTypes, known);
}

/** Terraform's data source of a Pulumi function token such as `aws:kms/getKey:getKey`. */
export function dataSourceType<Schema>(token: string, known: ReadonlyMap<string, Schema>): Found<Schema> {
  return find(token, "get", sourceTypes, known);
}

function find<Schema>(
  token: string,
  prefix: string,
  exceptions: { [token: string]: string },
  known: ReadonlyMap<string, Schema>,
): Found<Schema> {
  const [, path = "", member = ""] = token.split(":");
  const [module = ""] = path.split("/");
  const name = snakeCase(member.slice(prefix.length));
  const exception = exceptions[`${module}:${member}`];
  const candidates = exception ? [exception] : [`aws_${module}_${name}`, `aws_${name}`];
  for (const typeName of candidates) {
    const schema = known.get(typeName);
    if (schema) return { typeName, schema };
  }
  throw new Error(`${token}: the Terraform AWS provider has nothing of that name (${candidates.join(", ")})`);
}
