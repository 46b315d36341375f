import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { nodeArguments, nodeBinary } from "../../local/cloud/plugins";
import { isRunning, startTime } from "../../local/cloud/processIdentity";

test("the Node.js language host ends with the engine that started it, however that ends", async () => {
  // A shell stands for the engine: it starts the host, says its id, and waits.
  const command = [nodeBinary, ...nodeArguments("local/languageHost/host.ts")].join(" ");
  const engine = spawn("sh", ["-c", `${command} < /dev/null & echo $!; wait`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: engine.stdout })[Symbol.asyncIterator]();
  const pid = Number((await lines.next()).value);
  const host = { pid, started: startTime(pid) as string };
  expect(Number((await lines.next()).value)).toBeGreaterThan(0);
  expect(isRunning(host)).toBe(true);
  engine.kill("SIGKILL");
  await once(engine, "exit");
  const end = performance.now() + 5_000;
  while (isRunning(host) && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isRunning(host)).toBe(false);
});
