import path from "node:path";
import { makeOnce } from "./cache";
import { type Log, withProgress } from "./progress";
import { run } from "./run";
import { findOnPath } from "./toolCache";
import { PartUnavailable } from "./unavailable";

/** Installs a package of PyPI into a virtual environment of the cache, once. */
export async function installPython(directory: string, requirement: string, log: Log): Promise<void> {
  const python = findOnPath("python3");
  if (python === undefined) throw new PartUnavailable(`${requirement} needs python3 >= 3.9 on PATH`);
  await makeOnce(directory, log, (scratch) =>
    withProgress(log, `installing ${requirement}`, "about 20 s, once", async () => {
      await run(python, ["-m", "venv", scratch]);
      const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement];
      await run(path.join(scratch, "bin", "python"), pip);
    }),
  );
}
