const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Ctrl-C ends the tries, not the process: what was made is removed first. It reaches the engine too, which then ends
 * what it does by itself.
 */
export function interruption(log: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    process.on(signal, () => {
      if (!controller.signal.aborted)
        log("\nEnding: what was made is removed first. Please wait, a second Ctrl-C ends the engine too early.");
      controller.abort();
    });
  }
  return controller.signal;
}
