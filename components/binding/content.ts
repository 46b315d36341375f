import type { Fault } from "../backend";
import { notTheProgramsValue } from "../knownSecrets";
import { wholeValue } from "./delivered";
import { Delivery } from "./deliveries";
import { type BindingUse, fieldsUsed } from "./references";
import { isSyncable } from "./secretSync";
import type { BindingSpec } from "./spec";

/** References that can't be served from what the program knows of the secrets. Names secrets and fields, never values. */
export function contentFaults(spec: BindingSpec): Fault[] {
  return [...spec.uses.flatMap((use) => fault(use, spec)), ...mixedKeys(spec)];
}

function fault(use: BindingUse, spec: BindingSpec): Fault[] {
  const message = undeliverable(use, spec);
  return message === undefined ? [] : [{ path: [use.path], message }];
}

/** Whatever the program means. */
const readsTheLatest: readonly Delivery[] = [Delivery.Csi, Delivery.GkeSync];

function undeliverable(use: BindingUse, { delivery, values, origins }: BindingSpec): string | undefined {
  const { secret } = use;
  const content = values[secret];
  const origin = origins[secret];
  if (delivery === Delivery.Native && use.as !== "read") {
    if (content?.value === undefined && content?.fields === undefined) {
      return `secret "${secret}" has no value here: give it under values.${secret}, as to the Secret`;
    }
    const reason = origin === undefined ? undefined : notTheProgramsValue[origin.origin];
    if (reason !== undefined) return `secret "${secret}" ${reason}`;
  }
  if (readsTheLatest.includes(delivery) && use.as !== "read" && origin?.origin === "pinned") {
    return `secret "${secret}" is pinned to a version, and delivery "${delivery}" reads the latest: use "external-secrets", or unpin it`;
  }
  if (delivery === Delivery.GkeSync && use.template === undefined && !isSyncable(use)) {
    return `Secret Sync makes no key of field "${use.field}": it takes dots and underscores one at a time, after two letters or digits and before another; rename the field, or use "external-secrets"`;
  }
  const fields = content?.fields === undefined ? origin?.fields : Object.keys(content.fields).sort();
  const isOneValue = fields === undefined && (content?.value !== undefined || origin?.origin === "written");
  return isOneValue ? notOfOneValue(use) : fields === undefined ? undefined : notOfFields(use, fields);
}

function notOfOneValue(use: BindingUse): string | undefined {
  const { secret, field, template } = use;
  if (use.as === "envFrom") return `secret "${secret}" is one value, and has no names for variables: bind it under env`;
  const missing = fieldsUsed(use).filter((name) => template === undefined || name !== wholeValue);
  if (missing.length === 0) return undefined;
  return template === undefined
    ? `secret "${secret}" is one value and has no field "${field}": leave field out`
    : `secret "${secret}" is one value and has no field "${missing[0]}": write {{${wholeValue}}}`;
}

function notOfFields(use: BindingUse, fields: string[]): string | undefined {
  const { secret } = use;
  if (use.as === "envFrom" || use.as === "read") return undefined;
  const used = fieldsUsed(use);
  if (used.length === 0) return `secret "${secret}" is made of fields: choose one of ${fields.join(", ")} as field`;
  const missing = used.find((name) => !fields.includes(name));
  return missing === undefined
    ? undefined
    : `secret "${secret}" has no field "${missing}": it has ${fields.join(", ")}`;
}

/** A whole value lies under the key that a field of that name would have. */
function mixedKeys({ uses }: BindingSpec): Fault[] {
  const inKeys = uses.filter(({ as }) => as === "env" || as === "file");
  return inKeys.flatMap((use) => {
    const isWhole = fieldsUsed(use).length === 0;
    const other = inKeys.some((one) => one.secret === use.secret && one.field === wholeValue);
    const message = `binds the whole of secret "${use.secret}", whose field "${wholeValue}" is bound as well: make it two bindings`;
    return isWhole && other ? [{ path: [use.path], message }] : [];
  });
}
