const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const message =
  "\nEnding: what was made is removed first. Please wait: a second Ctrl-C ends the engine before it has noted all.";

/**
 * Ctrl-C ends the tries, not the process: what was made is removed first. It reaches the engine too, which then ends
 * what it does by itself.
 */
export function interruption(log: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    process.on(signal, () => {
      if (!controller.signal.aborted) log(message);
      controller.abort();
    });
  }
  // Nor does a terminal or pipe that is closed end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => controller.abort());
  return controller.signal;
}
