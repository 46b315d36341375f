import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { text } from "./checks/shapes";
import { InputError } from "./errors";
import { perOperation } from "./perProgram";
import type { WorkspaceRef } from "./workspaceRef";

/**
 * The stack's setting of existing secrets to take over: the identifier of each by `workspace/secret`. It is `import` of
 * many secrets at once, for what is restored by a command, and as exact.
 */
const key = "vantedge-secrets:import";
const shape = z.record(text, text);

/** The identifier that the setting has for a secret; undefined where it has none. */
export function importSettingOf({ name }: WorkspaceRef, secretName: string): string | undefined {
  return setting()[`${name}/${secretName}`];
}

const setting = perOperation(readSetting);

function readSetting(): Record<string, string> {
  const raw = pulumi.runtime.getConfig(key);
  if (raw === undefined) return {};
  const read = shape.safeParse(parsed(raw));
  if (!read.success) {
    throw new InputError([
      `stack configuration: ${key}: must be a set of identifiers by workspace/secret: run pulumi config rm ${key}`,
    ]);
  }
  // A secret that was taken over keeps its differences until the setting is gone.
  void pulumi.log.info(
    `${key} is set: the secrets that it names are taken over as they are, and a value that the program gives is written as ` +
      `a new version. After this pulumi up, run pulumi config rm ${key}`,
  );
  return read.data;
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** Sets it for one secret. */
export function importCommand({ name: workspace }: WorkspaceRef, secretName: string, identifier: string): string {
  return `pulumi config set --plaintext --path "${key}.${workspace}/${secretName}" "${identifier}"`;
}

/** A command for each name, as one command. */
export function forEachName(names: readonly string[], command: (name: string) => string): string {
  const [only] = names;
  return names.length === 1 ? command(only as string) : `for name in ${names.join(" ")}; do ${command("$name")}; done`;
}
