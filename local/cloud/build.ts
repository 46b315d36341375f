import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { makeOnce } from "./cache";
import { writeEditedModule } from "./editedModule";
import { moduleSource } from "./moduleFolder";
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
      await inModuleOf(tool, scratch, async (cwd) => {
        await run("go", ["build", "-ldflags", linkerFlags(tool), "-o", path.join(scratch, tool.name), tool.package], {
          cwd,
          // No C compiler is needed this way.
          env: { ...process.env, CGO_ENABLED: "0" },
        });
      });
    }),
  );
  return toolBinary(tool);
}

/** In the folder that pins the tool's module, or in a changed copy of it, which goes with the build. */
async function inModuleOf(tool: GoTool, scratch: string, build: (cwd: string) => Promise<void>): Promise<void> {
  const { module, versionOf, edit } = tool;
  if (edit === undefined) return build(path.join(buildDirectory, module));
  const folder = path.join(scratch, "module");
  const source = await moduleSource(module, versionOf);
  writeEditedModule(folder, { build: module, module: versionOf, source, edit });
  await build(folder);
  rmSync(folder, { recursive: true });
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
