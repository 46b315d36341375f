import { mkdirSync } from "node:fs";
import path from "node:path";
import { endLocalCloud, endWithProcess } from "./ending";
import { cloudEnvironment, type Environment } from "./environment";
import { startParts } from "./parts";
import { Daemons } from "./processes";
import { identify, isRunning } from "./processIdentity";
import type { Log } from "./progress";
import { type CloudRecord, type Part, RecordFile, type RunningCloud } from "./record";
import { register, registeredDirectories } from "./registry";
import { requestLogFile } from "./requestLogDaemon";

export { endLocalCloud } from "./ending";
export type { Part } from "./record";
export type { LoggedRequest } from "./requestLog";

export interface LocalCloudOptions {
  /** Everything of this cloud is in here: state, logs, keys. */
  directory: string;
  /** Account of the AWS API: 12 digits. */
  accountId: string;
  /** The cloud stays up when this process ends, and a later start in the same directory attaches to it. */
  detached?: boolean;
  log?: Log;
}

export interface LocalCloud {
  directory: string;
  accountId: string;
  /** To lay over the environment of the engine, of a plugin or of kubectl. */
  env: Environment;
  parts: Part[];
  endpoints: { aws: string; kubernetes: string };
  /** File with one `LoggedRequest` per line, of all but the External Secrets Operator. */
  requestLog: string;
  /** The same of the External Secrets Operator. */
  operatorRequestLog: string;
  /** False when it was running already. */
  startedHere: boolean;
  /** Ends every process and removes the state; logs stay. */
  stop(): Promise<void>;
}

/** Starts a local cloud, or attaches to the detached one that runs in the directory. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const directory = path.resolve(options.directory);
  const log = options.log ?? (() => {});
  if (new RecordFile(directory).isCopy())
    log(`${directory} is a copy of another clone's local cloud: starting a new one`);
  await endAbandonedClouds(directory, log);
  const running = findLocalCloud(directory);
  if (running === undefined) return startFresh({ ...options, directory }, log);
  if (running.accountId !== options.accountId) {
    throw new Error(
      `the local cloud in ${directory} is account ${running.accountId}, not ${options.accountId}: stop it first`,
    );
  }
  return running;
}

/** The detached cloud that runs in the directory, if one does. */
export function findLocalCloud(directory: string): LocalCloud | undefined {
  const record = new RecordFile(directory).read();
  if (record === undefined || state(directory, record) !== "running") return undefined;
  if (record.running === undefined || record.owner !== undefined) {
    throw new Error(
      `process ${record.owner?.pid} has a local cloud in ${directory}: take another directory, or end that process`,
    );
  }
  return cloudOf(directory, record.accountId, record.running, { startedHere: false });
}

/** Abandoned: its owner, or a part of a cloud without an owner, has died. */
function state(directory: string, record: CloudRecord): "running" | "abandoned" {
  const daemons = new Daemons(directory);
  const alive = record.owner ? isRunning(record.owner) : record.running?.daemons.every((name) => daemons.isAlive(name));
  return alive ? "running" : "abandoned";
}

async function endAbandonedClouds(own: string, log: Log): Promise<void> {
  for (const directory of new Set([own, ...registeredDirectories()])) {
    const record = new RecordFile(directory).read();
    if (record !== undefined && state(directory, record) === "running") continue;
    if (record !== undefined) log(`the last local cloud in ${directory} was not stopped: ending what is left of it`);
    await endLocalCloud(directory);
  }
}

async function startFresh({ directory, accountId, detached }: LocalCloudOptions, log: Log): Promise<LocalCloud> {
  mkdirSync(path.join(directory, "state"), { recursive: true, mode: 0o700 });
  const record = new RecordFile(directory);
  const owner = identify(process.pid);
  const owned: CloudRecord = { accountId, ...(owner && { owner }) };
  record.create(owned);
  register(directory);
  const daemons = new Daemons(directory);
  const guard = endWithProcess(directory, daemons);
  try {
    const running = await startParts(daemons, directory, accountId, log);
    // A part that a cloud can do without does not report that Ctrl-C ended it.
    if (guard.isEnding()) return new Promise(() => {});
    record.replace(detached ? { accountId, running } : { ...owned, running });
    if (detached) guard.release();
    return cloudOf(directory, accountId, running, { startedHere: true, release: guard.release });
  } catch (error) {
    // What fails because Ctrl-C ended it is no error to report; the process ends with the signal.
    if (guard.isEnding()) return new Promise(() => {});
    await endLocalCloud(directory, daemons);
    guard.release();
    throw error;
  }
}

function cloudOf(
  directory: string,
  accountId: string,
  running: RunningCloud,
  { startedHere, release }: { startedHere: boolean; release?: () => void },
): LocalCloud {
  return {
    directory,
    accountId,
    env: cloudEnvironment(directory, running),
    parts: running.parts,
    endpoints: running.endpoints,
    requestLog: requestLogFile(directory),
    operatorRequestLog: requestLogFile(directory, "operator"),
    startedHere,
    stop: async () => {
      await endLocalCloud(directory);
      release?.();
    },
  };
}
