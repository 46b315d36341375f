import { existsSync } from "node:fs";
import path from "node:path";
import { makeOnce } from "./cache";
import { freePorts, waitUntil } from "./ports";
import type { Daemons } from "./processes";
import { type Log, withProgress } from "./progress";
import { run } from "./run";
import { findOnPath, motoDirectory, motoPython, motoVersion } from "./toolCache";
import { PartUnavailable } from "./unavailable";

/** Installs moto into a virtual environment of the cache, once, and returns its Python. */
export async function prepareMoto(log: Log): Promise<string> {
  if (existsSync(motoPython())) return motoPython();
  const python = findOnPath("python3");
  if (python === undefined) throw new PartUnavailable("moto needs python3 >= 3.9 on PATH");
  await makeOnce(motoDirectory(), log, (scratch) =>
    withProgress(log, `installing moto ${motoVersion}`, "about 20 s, once", async () => {
      await run(python, ["-m", "venv", scratch]);
      const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `moto[server]==${motoVersion}`];
      await run(path.join(scratch, "bin", "python"), pip);
    }),
  );
  return motoPython();
}

/** Starts the AWS API and returns its URL. */
export async function startMoto(daemons: Daemons, python: string, accountId: string): Promise<string> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  daemons.start({
    name: "moto",
    command: python,
    args: ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    env: { ...process.env, MOTO_ACCOUNT_ID: accountId },
  });
  const ready = async () => (await fetch(`${url}/moto-api/`)).ok;
  await waitUntil("moto", 60, ready, () => daemons.requireAlive("moto"));
  return url;
}
