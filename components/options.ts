import * as pulumi from "@pulumi/pulumi";

/**
 * Options for what a component is made of. A component's own `dependsOn` does not reach its children (design.md 4), so
 * it is handed on, with what else the children wait for; providers and protection follow the parent.
 */
export function childOptions(
  parent: pulumi.ComponentResource,
  opts: pulumi.ComponentResourceOptions | undefined,
  ...waitFor: (pulumi.Resource | undefined)[]
): pulumi.CustomResourceOptions {
  const more = waitFor.filter((resource) => resource !== undefined);
  return waitingFor(opts?.dependsOn === undefined ? { parent } : { parent, dependsOn: opts.dependsOn }, ...more);
}

/** The same options for what waits for more. */
export function waitingFor(
  options: pulumi.CustomResourceOptions,
  ...more: pulumi.Resource[]
): pulumi.CustomResourceOptions {
  if (more.length === 0) return options;
  const given = pulumi.output(options.dependsOn ?? []) as pulumi.Output<pulumi.Resource | pulumi.Resource[]>;
  return { ...options, dependsOn: given.apply((known) => [known, more].flat()) };
}

/** The part of the options that is about waiting, for resources and look-ups alike. */
type Waiting = Pick<pulumi.CustomResourceOptions, "parent" | "dependsOn">;

/** The same options for what is made or asked only when something else has gone well. */
export function waitingUntil<Options extends Waiting>(options: Options, passed: pulumi.Input<void>): Options {
  const dependsOn = (pulumi.output(passed) as pulumi.Output<unknown>).apply(() => options.dependsOn ?? []);
  return { ...options, dependsOn: dependsOn as pulumi.Output<pulumi.Resource[]> };
}

/** Without the keys that are not set: an optional argument is absent, not undefined. */
export function given<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
