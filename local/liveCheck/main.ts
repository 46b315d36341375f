/** `npm run live-check`: tries in a real AWS account what the code takes AWS's word for. */
import { createInterface } from "node:readline/promises";
import { type Caller, callerOf } from "./account";
import { liveCheck } from "./check";
import { findPulumi } from "./engine";
import { interruption } from "./interruption";
import { type Options, optionsOf, usage } from "./options";
import { siteOf } from "./site";

async function main(args: string[]): Promise<number> {
  const options = optionsOrUsage(args);
  if (options === undefined) return 2;
  const pulumi = await findPulumi();
  const caller = await callerOf(options.region, options.profile);
  announce(caller, options);
  if (!options.yes && !(await isWanted())) {
    console.log("Nothing was made.");
    return 1;
  }
  const site = siteOf(caller, options, interruption(console.log));
  return liveCheck(site, pulumi, options.settle, console.log);
}

function optionsOrUsage(args: string[]): Options | undefined {
  try {
    return optionsOf(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return undefined;
  }
}

function announce({ accountId, arn }: Caller, { region }: Options): void {
  console.log(`In AWS account ${accountId}, region ${region}, as ${arn}:

- two workspaces are made, with a key, four roles that only you may take, and secrets with random values;
- what each role may do is tried, and everything is removed at the end, also after Ctrl-C;
- it takes about 10 minutes, and up to 15 more until CloudTrail tells;
- it costs a few cents: a key is about 1 USD a month pro rata, a secret 0.40 USD. The two keys then wait 30 days for
  their deletion, without charge.
`);
}

/** Line by line: Ctrl-C is then a signal, as everywhere else. */
async function isWanted(): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  process.stdout.write('Type "yes" to begin: ');
  for await (const line of lines) return line.trim() === "yes";
  return false;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(`live-check: ${error.message}`);
    process.exit(1);
  },
);
