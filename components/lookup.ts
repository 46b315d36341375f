import type * as pulumi from "@pulumi/pulumi";

/** A look-up with the provider of the component. */
export function lookupOptions({ parent }: pulumi.CustomResourceOptions): pulumi.InvokeOptions {
  return parent === undefined ? {} : { parent };
}

/** Undefined where the cloud knows no such thing, or doesn't tell us: what is then asked of it tells. */
export async function found<T>(lookup: Promise<T>): Promise<T | undefined> {
  return lookup.catch(() => undefined);
}
