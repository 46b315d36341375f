import { parseArgs } from "node:util";

export interface Options {
  /** The profile of the AWS configuration; without one, what AWS's tools find by themselves. */
  profile?: string;
  region: string;
  /** Seconds until IAM, whose copies follow each other, is taken at its word. */
  settle: number;
  /** Begin without asking. */
  yes: boolean;
}

export const usage = `usage: npm run live-check -- [--profile NAME] [--region REGION] [--settle SECONDS] [--yes]

  --profile   whose account it is, from your AWS configuration
  --region    where (us-east-1)
  --settle    how long IAM gets to answer the same everywhere (30)
  --yes       begin without asking`;

export function optionsOf(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      profile: { type: "string" },
      region: { type: "string", default: "us-east-1" },
      settle: { type: "string", default: "30" },
      yes: { type: "boolean", default: false },
    },
  });
  const settle = Number(values.settle);
  if (!Number.isInteger(settle) || settle < 0) throw new Error("--settle: must be a whole number of seconds");
  return { ...values, settle };
}
