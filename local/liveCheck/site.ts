import { randomBytes } from "node:crypto";
import type { Caller } from "./account";
import type { Options } from "./options";

/** One run: where it works, and the names and values that are its own. */
export interface Site {
  caller: Caller;
  region: string;
  /** What every name of this run holds. */
  run: string;
  /** Names of the two workspaces. */
  names: { a: string; b: string };
  /** Secrets that a try made or may have made, by name: all are removed. */
  secretNames: Set<string>;
  /** Values that a try put in: none is printed. */
  values: Set<string>;
  /** Commands that remove what a try made besides; each is taken away once the try has done it. */
  commands: Set<string>;
  /** How the AWS CLI is called for the caller's account. */
  cli: string;
  /** Ends when the user wants to end. */
  interruption: AbortSignal;
}

export function siteOf(caller: Caller, { region, profile }: Options, interruption: AbortSignal): Site {
  const run = `vlc-${randomBytes(3).toString("hex")}`;
  return {
    caller,
    region,
    run,
    names: { a: `${run}-a`, b: `${run}-b` },
    secretNames: new Set(),
    values: new Set(),
    commands: new Set(),
    cli: profile === undefined ? "aws" : `aws --profile ${profile}`,
    interruption,
  };
}

export function drawValue({ values }: Site): string {
  const value = randomBytes(24).toString("hex");
  values.add(value);
  return value;
}

/** A name that nobody has. Names of a workspace begin with `vantedge/WORKSPACE/`. */
export function drawName({ secretNames }: Site, before: string): string {
  const name = `${before}${randomBytes(4).toString("hex")}`;
  secretNames.add(name);
  return name;
}

/** AWS repeats no value in an error, as far as is known: this makes sure. */
export function withoutValues({ values }: Site, text: string): string {
  return [...values].reduce((shown, value) => shown.replaceAll(value, "[value]"), text);
}
