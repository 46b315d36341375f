import { existsSync } from "node:fs";
import path from "node:path";
import { makeOnce } from "./cache";
import { type Log, withProgress } from "./progress";
import { run } from "./run";
import { buildDirectory, findOnPath, type GoTool, toolBinary, toolDirectory, toolVersion } from "./toolCache";
import { PartUnavailable } from "./unavailable";

/** Builds that run at the same time only slow each other down: `go build` uses every core by itself. */
let queue: Promise<unknown> = Promise.resolve();

/** The executable of a Go tool, built on first use from the module that pins it. */
export function builtTool(tool: GoTool, log: Log): Promise<string> {
  const binary = toolBinary(tool);
  if (existsSync(binary)) return Promise.resolve(binary);
  const build = queue.then(() => buildTool(tool, log));
  queue = build.catch(() => undefined);
  return build;
}

async function buildTool(tool: GoTool, log: Log): Promise<string> {
  if (findOnPath("go") === undefined) {
    throw new PartUnavailable(
      `${tool.name} has to be built with Go, and there is no \`go\` on PATH (https://go.dev/dl)`,
    );
  }
  await makeOnce(toolDirectory(tool), log, (scratch) =>
    withProgress(log, `building ${tool.name} ${toolVersion(tool)}`, expectedTime(tool.seconds), async () => {
      await run("go", ["build", "-ldflags", linkerFlags(tool), "-o", path.join(scratch, tool.name), tool.package], {
        cwd: path.join(buildDirectory, tool.module),
        // No C compiler is needed this way.
        env: { ...process.env, CGO_ENABLED: "0" },
      });
    }),
  );
  return toolBinary(tool);
}

function linkerFlags(tool: GoTool): string {
  const stamps = Object.entries(tool.stamp(toolVersion(tool))).map(([name, value]) => `-X ${name}=${value}`);
  return ["-s -w", ...stamps].join(" ");
}

function expectedTime(seconds: number): string {
  return seconds < 60
    ? `about ${seconds} s on 2 cores, once`
    : `about ${Math.round(seconds / 60)} min on 2 cores, once`;
}
