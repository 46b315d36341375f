import { rmSync } from "node:fs";
import path from "node:path";
import { endLeftOvers } from "./leftOvers";
import { Daemons } from "./processes";
import { RecordFile } from "./record";
import { unregister } from "./registry";
import { endCommands } from "./run";

/** What a stop removes. Logs stay, to look up what went wrong. moto keeps everything in memory, so no state outlives it. */
const stateOfCloud = [
  "state",
  "pulumi-home",
  "kubernetes",
  "bin",
  "language-hosts",
  "run",
  "google.json",
  "simulated.json",
  "aws-config",
];
/** Clients before servers, so that nobody waits for an answer that won't come. */
const stopOrder = [
  "providers",
  "external-secrets",
  "reloader",
  "request-log",
  "moto",
  "kube-controller-manager",
  "kube-apiserver",
  "etcd",
];

/** Ends every process of a local cloud and removes its state, whoever started it and however far the start got. */
export async function endLocalCloud(directory: string, daemons = new Daemons(directory)): Promise<void> {
  daemons.refuseStarts();
  if (!new RecordFile(directory).isCopy()) for (const name of inOrder(daemons)) await daemons.stop(name);
  endLeftOvers(directory);
  removeState(directory);
}

/** First what a test has started beside the cloud's own, and not ended. */
function inOrder(daemons: Daemons): string[] {
  return [...daemons.names().filter((name) => !stopOrder.includes(name)), ...stopOrder];
}

function removeState(directory: string): void {
  for (const name of stateOfCloud) rmSync(path.join(directory, name), { recursive: true, force: true });
  new RecordFile(directory).remove();
  unregister(directory);
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface EndGuard {
  /** A signal is ending the cloud, and will end the process. */
  isEnding(): boolean;
  release(): void;
}

/** Ends the cloud with this process: in order on Ctrl-C and the like, at once when the process exits in another way. */
export function endWithProcess(directory: string, daemons: Daemons): EndGuard {
  let ending = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (ending) return;
    ending = true;
    endCommands();
    endLocalCloud(directory, daemons).finally(() => {
      release();
      process.kill(process.pid, signal);
    });
  };
  const onExit = () => {
    endCommands();
    daemons.killAll();
    removeState(directory);
  };
  const release = () => {
    for (const signal of signals) process.off(signal, onSignal);
    process.off("exit", onExit);
  };
  // Not once: a second Ctrl-C must not end the process before its daemons.
  for (const signal of signals) process.on(signal, onSignal);
  process.once("exit", onExit);
  return { isEnding: () => ending, release };
}
