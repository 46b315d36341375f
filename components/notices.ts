import * as pulumi from "@pulumi/pulumi";
import { beforeHook } from "./hooks";

/**
 * The inputs and options of a component that has something to say to whoever provisions it: each line when it is new, in
 * previews as well. Then it stands in the component's inputs, and is not said again.
 */
export function sayingOnce<Facts extends object>(
  subject: string,
  notices: readonly string[],
  facts: Facts,
  opts: pulumi.ComponentResourceOptions | undefined,
): { inputs: Facts & { notices: readonly string[] }; options: pulumi.ComponentResourceOptions } {
  const hook = beforeHook(`says-what-is-new:${subject}`, async ({ oldInputs, newInputs }) => {
    // Without the resource: it is registered when its hook has ended.
    for (const line of newLines(oldInputs, newInputs)) await pulumi.log.info(`${subject}: ${line}`);
  });
  const hooks = { beforeCreate: [hook], beforeUpdate: [hook] };
  return { inputs: { ...facts, notices }, options: pulumi.mergeOptions(opts, { hooks }) };
}

function newLines(before: Record<string, any> | undefined, now: Record<string, any> | undefined): string[] {
  const known = new Set<string>(before?.notices ?? []);
  return (now?.notices ?? []).filter((line: string) => !known.has(line));
}
