import type * as pulumi from "@pulumi/pulumi";

/** A resource as the engine shows it to a pack. */
export interface Fixture {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** What only the stack's rules see, beside the inputs. */
  outputs: Record<string, unknown>;
  /** The resources that a property's Output comes from. */
  refers: Record<string, readonly Fixture[]>;
  parent?: Fixture;
  isProtected: boolean;
}

/** What Pulumi writes for a text that is not known before `up`: @pulumi/policy proxy.js. */
export const unknownYet = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value in the envelope that Pulumi puts around secrets. */
export function secret(value: unknown): string {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value } as never;
}

type Options = Partial<Pick<Fixture, "outputs" | "refers" | "parent" | "isProtected">>;
type Class<Args> = { new (name: string, args: Args, options?: pulumi.CustomResourceOptions): pulumi.Resource };

/** A resource of an SDK's class, its inputs checked by the compiler. */
export function resource<Args>(of: Class<Args>, name: string, inputs: Args, options: Options = {}): Fixture {
  const { __pulumiType: type } = of as unknown as { __pulumiType?: string };
  if (type === undefined) throw new Error(`${of.name} is no class of an SDK`);
  return raw(type, name, inputs as Record<string, unknown>, options);
}

/** A resource of a type whose SDK is not here. */
export function raw(type: string, name: string, inputs: Record<string, unknown>, options: Options = {}): Fixture {
  return { type, name, inputs, outputs: {}, refers: {}, isProtected: false, ...options };
}

/** The same resource with some inputs changed; undefined takes one away. */
export function but(fixture: Fixture, changes: Record<string, unknown>): Fixture {
  const inputs = Object.entries({ ...fixture.inputs, ...changes }).filter(([, value]) => value !== undefined);
  return { ...fixture, inputs: Object.fromEntries(inputs) };
}

export function urnOf({ type, name, parent }: Fixture): string {
  const types = parent === undefined ? type : `${parent.type}$${type}`;
  return `urn:pulumi:test::project::${types}::${name}`;
}
