import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nodeArguments, nodeBinary } from "./plugins";
import { addressFrom } from "./ports";
import type { Daemons } from "./processes";

/**
 * The External Secrets Operator reads the values of secrets all the time. It has an address and a log of its own, so
 * that a value in the log of the others was read by Pulumi or by a test.
 */
const callers = { clients: "aws-requests", operator: "operator-requests" } as const;
type Caller = keyof typeof callers;

/** The URL that each kind of caller uses. */
export type RequestLogAddresses = Record<Caller, string>;

export function requestLogFile(directory: string, caller: Caller = "clients"): string {
  return path.join(directory, "logs", `${callers[caller]}.jsonl`);
}

/** What the simulated Google Cloud was asked. */
export function googleRequestLogFile(directory: string): string {
  return path.join(directory, "logs", "google-requests.jsonl");
}

/** Puts the logging proxy before the AWS API, once for each kind of caller. */
export async function startRequestLog(
  daemons: Daemons,
  directory: string,
  target: string,
): Promise<RequestLogAddresses> {
  const addressFile = (caller: Caller) => path.join(directory, "run", `request-log-${caller}.address`);
  const each = Object.keys(callers) as Caller[];
  mkdirSync(path.join(directory, "logs"), { recursive: true });
  for (const caller of each) writeFileSync(requestLogFile(directory, caller), "");
  const places = each.flatMap((caller) => [
    ...["--log", requestLogFile(directory, caller), "--address-file", addressFile(caller)],
  ]);
  daemons.start({
    name: "request-log",
    command: nodeBinary,
    args: [...nodeArguments("local/cloud/requestLogProxy.ts"), "--target", target, ...places],
  });
  const address = (caller: Caller) =>
    addressFrom(addressFile(caller), "request-log", () => daemons.requireAlive("request-log"));
  return { clients: await address("clients"), operator: await address("operator") };
}
