/** Terraform's wire form of values: msgpack, with extension types for what is not known yet. */
import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import { unknown } from "../provider";

/** A value in Terraform's terms: field names of Terraform, null where unset. */
export type TerraformValue =
  | null
  | boolean
  | number
  | string
  | TerraformValue[]
  | { [name: string]: TerraformValue }
  | typeof unknown;

export type TerraformObject = { [name: string]: TerraformValue };

// go-cty: type 0 is "unknown", 12 is "unknown, but something about it is known" (refinements, which we leave unused).
const codec = new ExtensionCodec();
for (const type of [0, 12]) codec.register({ type, encode: () => null, decode: () => unknown });
const decoder = new Decoder({ extensionCodec: codec });
const encoder = new Encoder();

const unknownExtension = new ExtData(0, Uint8Array.of(0));

export function pack(value: TerraformValue): Uint8Array {
  return encoder.encode(sendable(value));
}

export function unpack(bytes: Uint8Array): TerraformValue {
  return decoder.decode(bytes) as TerraformValue;
}

function sendable(value: TerraformValue): unknown {
  if (value === unknown) return unknownExtension;
  if (Array.isArray(value)) return value.map(sendable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, sendable(item)]));
}
