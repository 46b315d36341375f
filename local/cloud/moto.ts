import { existsSync } from "node:fs";
import path from "node:path";
import { freePorts, waitUntil } from "./ports";
import type { Daemons } from "./processes";
import type { Log } from "./progress";
import { installPython } from "./python";
import { motoDirectory, motoPython, motoVersion } from "./toolCache";

/** Installs moto into a virtual environment of the cache, once, and returns its Python. */
export async function prepareMoto(log: Log): Promise<string> {
  if (existsSync(motoPython())) return motoPython();
  await installPython(motoDirectory(), `moto[server]==${motoVersion}`, log);
  return motoPython();
}

/** Starts the AWS API and returns its URL. */
export async function startMoto(daemons: Daemons, python: string, accountId: string): Promise<string> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  daemons.start({
    name: "moto",
    command: python,
    args: [path.join(__dirname, "motoServer.py"), "-H", "127.0.0.1", "-p", String(port)],
    env: { ...process.env, MOTO_ACCOUNT_ID: accountId },
  });
  const ready = async () => (await fetch(`${url}/moto-api/`)).ok;
  await waitUntil("moto", 60, ready, () => daemons.requireAlive("moto"));
  return url;
}
