import { readFileSync, statSync } from "node:fs";
import type { LoggedRequest } from "../../../local/cloud/requestLog";
import { googleRequestLogFile, requestLogFile } from "../../../local/cloud/requestLogDaemon";
import type { LoggedCall } from "../../../local/providers/google/callLog";

/** What the AWS API was asked while something ran, by all but the External Secrets Operator. */
export function requestsDuring<T>(work: () => Promise<T>): Promise<{ result: T; requests: LoggedRequest[] }> {
  return loggedDuring(process.env.VANTEDGE_REQUEST_LOG as string, work);
}

/** What the operator asked. */
export function operatorRequestsDuring<T>(work: () => Promise<T>): Promise<{ result: T; requests: LoggedRequest[] }> {
  return loggedDuring(requestLogFile(process.env.VANTEDGE_LOCAL_CLOUD as string, "operator"), work);
}

/** What the simulated Google Cloud was asked. */
export function googleRequestsDuring<T>(work: () => Promise<T>): Promise<{ result: T; requests: LoggedCall[] }> {
  return loggedDuring(googleRequestLogFile(process.env.VANTEDGE_LOCAL_CLOUD as string), work);
}

async function loggedDuring<T, Logged>(
  file: string,
  work: () => Promise<T>,
): Promise<{ result: T; requests: Logged[] }> {
  const before = statSync(file).size;
  const result = await work();
  const lines = readFileSync(file).subarray(before).toString().split("\n").filter(Boolean);
  return { result, requests: lines.map((line) => JSON.parse(line) as Logged) };
}
