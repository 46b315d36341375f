import * as pulumi from "@pulumi/pulumi";
import { fieldContent, storedContent } from "../content";
import { InputError } from "../errors";
import type { BindingValueArgs } from "./args";
import { type DeliveredSecret, type KeySource, wholeValue } from "./delivered";
import { filledTemplate, templateFields } from "./template";

type Data = Record<string, pulumi.Output<string>>;

/** The keys of a Secret of delivery `native`, each a secret Output. */
export function nativeData(subject: string, { keys }: DeliveredSecret, content: BindingValueArgs = {}): Data {
  if (keys === undefined) return allFields(subject, content);
  return Object.fromEntries(Object.entries(keys).map(([key, source]) => [key, textOf(subject, source, content)]));
}

function textOf(subject: string, { field, template }: KeySource, content: BindingValueArgs): pulumi.Output<string> {
  const read = (name: string) => contentOf(subject, name, content);
  if (template === undefined) return read(field ?? wholeValue);
  const fields = Object.fromEntries(templateFields(template).map((name) => [name, read(name)]));
  return pulumi.secret(pulumi.all(fields).apply((known) => filledTemplate(template, known)));
}

function contentOf(subject: string, name: string, content: BindingValueArgs): pulumi.Output<string> {
  return content.fields === undefined || (name === wholeValue && !(name in content.fields))
    ? (storedContent(subject, content) as pulumi.Output<string>)
    : fieldContent(subject, content, name);
}

/** As External Secrets rewrites names, and as it refuses two that become one. */
function allFields(subject: string, content: BindingValueArgs): Data {
  const fields = Object.keys(content.fields ?? {});
  const names = fields.map((field) => field.replace(/[^a-zA-Z0-9_]/g, "_"));
  const twice = names.find((variable, index) => names.indexOf(variable) < index);
  if (twice !== undefined) {
    throw new InputError([`${subject}: two fields would be the variable ${twice}: bind them under env`]);
  }
  return Object.fromEntries(fields.map((field, index) => [names[index], fieldContent(subject, content, field)]));
}
