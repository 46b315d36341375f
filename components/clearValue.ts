import * as pulumi from "@pulumi/pulumi";
import { keyInClear } from "./configInClear";
import type { SecretContentArgs } from "./content";

/** Arguments of which a manifest has told already, by place. */
const told = new WeakSet<SecretContentArgs>();

export function withoutClearValueCheck<Args extends SecretContentArgs>(args: Args): Args {
  told.add(args);
  return args;
}

/**
 * Warns where a value that was given is known to stand somewhere in clear: in the stack's configuration, or wherever an
 * Output comes from that is not secret. A text of the program itself can't be told from one that it has read.
 */
export function warnOfClearValue(name: string, args: SecretContentArgs, secret: pulumi.Resource): void {
  if (told.has(args)) return;
  const warn = (argument: string, message: string) =>
    void pulumi.log.warn(`Secret "${name}": ${argument}: ${message}`, secret);
  const { value, fields = {} } = args;
  const given = [
    ["value", value] as const,
    ...Object.entries(fields).map(([key, text]) => [`fields.${key}`, text] as const),
  ];
  for (const [argument, input] of given) {
    if (input === undefined) continue;
    pulumi.output(input).apply((text) => {
      const key = keyInClear(text);
      if (key === undefined) return;
      warn(
        argument,
        `is that of configuration key "${key}", which stands in the stack's configuration in clear: run pulumi config set --secret ${key}`,
      );
    });
  }
  if (pulumi.Output.isInstance(value)) void warnUnlessSecret(value, (message) => warn("value", message));
}

async function warnUnlessSecret(value: pulumi.Output<unknown>, warn: (message: string) => void): Promise<void> {
  const isSecret = await pulumi.isSecret(value).catch(() => true);
  if (isSecret) return;
  warn(
    "is an Output that is not secret, and may stand in clear where it comes from: mark it there, or with pulumi.secret",
  );
}
