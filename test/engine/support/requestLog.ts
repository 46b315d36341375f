import { readFileSync, statSync } from "node:fs";
import type { LoggedRequest } from "../../../local/cloud/requestLog";

/** What the AWS API was asked while something ran. */
export async function requestsDuring<T>(work: () => Promise<T>): Promise<{ result: T; requests: LoggedRequest[] }> {
  const file = process.env.VANTEDGE_REQUEST_LOG as string;
  const before = statSync(file).size;
  const result = await work();
  const lines = readFileSync(file).subarray(before).toString().split("\n").filter(Boolean);
  return { result, requests: lines.map((line) => JSON.parse(line) as LoggedRequest) };
}
