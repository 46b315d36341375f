import path from "node:path";
import { isWrapper, writeWrapper } from "./plugins";
import type { Log } from "./progress";
import { installPython } from "./python";
import { awsCliDirectory, awsCliVersion, findOnPath } from "./toolCache";

/** The AWS CLI: the one on PATH, else one of the cache's own. Gives the Python that runs it, where it is our own. */
export async function prepareAwsCli(log: Log): Promise<string | undefined> {
  const present = findOnPath("aws");
  if (present !== undefined && !isWrapper(present)) return undefined;
  await installPython(awsCliDirectory(), `awscli==${awsCliVersion}`, log);
  return path.join(awsCliDirectory(), "bin", "python");
}

/** Its own script would name the folder that the environment was made in. */
export function writeAwsCli(folder: string, python: string): void {
  writeWrapper(path.join(folder, "aws"), [python, "-m", "awscli"]);
}
