/** A line at a time: to the terminal, to a log, or to a test. */
export type Log = (line: string) => void;

const millisecondsBetweenLines = 15_000;

/** Runs what takes long, and says that it goes on: a line at the start, one every 15 seconds, one at the end. */
export async function withProgress<T>(log: Log, what: string, expected: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const elapsed = () => `${Math.round((performance.now() - start) / 1000)} s`;
  log(`${what} (${expected})`);
  const timer = setInterval(() => log(`  ${what}: ${elapsed()} so far`), millisecondsBetweenLines);
  try {
    const result = await work();
    log(`  ${what}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
