import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { endLeftOvers } from "../../../local/cloud/leftOvers";
import { findOnPath } from "../../../local/cloud/toolCache";

let scratch: string;
let started: ChildProcess[];
beforeEach(() => {
  scratch = realpathSync(mkdtempSync(path.join(os.tmpdir(), "left-overs-")));
  started = [];
});
afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  rmSync(scratch, { recursive: true });
});

/** A process that was started by a path in a cloud's directory, as the engine starts its plugins. */
async function plugin(cloud: string): Promise<ChildProcess> {
  const folder = path.join(scratch, cloud, "pulumi-home", "plugins");
  mkdirSync(folder, { recursive: true });
  symlinkSync(findOnPath("sleep") as string, path.join(folder, "sleep"));
  const child = spawn(path.join(folder, "sleep"), ["60"]);
  started.push(child);
  await once(child, "spawn");
  return child;
}

test("a stop ends the plugins that a killed engine of this cloud left, and those of no other", async () => {
  const [own, others] = [await plugin("cloud"), await plugin("cloud-2")];
  const ended = once(own, "exit");
  endLeftOvers(path.join(scratch, "cloud"));
  expect(await ended).toEqual([null, "SIGTERM"]);
  expect([others.exitCode, others.signalCode]).toEqual([null, null]);
});
