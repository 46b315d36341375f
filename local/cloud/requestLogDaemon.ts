import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nodeArguments, nodeBinary } from "./plugins";
import { addressFrom } from "./ports";
import type { Daemons } from "./processes";

export function requestLogFile(directory: string): string {
  return path.join(directory, "logs", "aws-requests.jsonl");
}

/** Puts the logging proxy before the AWS API, and returns the URL that clients use. */
export async function startRequestLog(daemons: Daemons, directory: string, target: string): Promise<string> {
  const logFile = requestLogFile(directory);
  const addressFile = path.join(directory, "run", "request-log.address");
  mkdirSync(path.dirname(logFile), { recursive: true });
  writeFileSync(logFile, "");
  daemons.start({
    name: "request-log",
    command: nodeBinary,
    args: [
      ...nodeArguments("local/cloud/requestLogProxy.ts"),
      ...["--target", target, "--log", logFile, "--address-file", addressFile],
    ],
  });
  return addressFrom(addressFile, "request-log", () => daemons.requireAlive("request-log"));
}
