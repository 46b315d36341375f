import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Free loopback ports. All are held until all are known, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<{ port: number; close: () => Promise<void> }>((resolve, reject) => {
          const server = createServer();
          server.on("error", reject);
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            const port = typeof address === "object" && address !== null ? address.port : 0;
            resolve({ port, close: () => new Promise((closed) => server.close(() => closed())) });
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => server.close()));
  return servers.map((server) => server.port);
}

/** Asks until the answer is yes. `alive` ends the wait at once when what is waited for has died. */
export async function waitUntil(
  what: string,
  seconds: number,
  ready: () => Promise<boolean>,
  alive: () => void,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await ready().catch(() => false))) {
    alive();
    if (performance.now() > end) throw new Error(`${what} is not ready after ${seconds} s`);
    await sleep(100);
  }
}

/** The address that a daemon writes once it listens. */
export async function addressFrom(file: string, what: string, alive: () => void): Promise<string> {
  await waitUntil(what, 60, async () => existsSync(file), alive);
  return readFileSync(file, "utf8").trim();
}
