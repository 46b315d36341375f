import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

export const root = path.resolve(__dirname, "..", "..", "..");

/** What one command of the CLI did, from the engine's own events. */
export interface Run {
  exitCode: number;
  /** Resources by what happened to them, for example `{ same: 58 }`. */
  changes: Record<string, number>;
  /** Every step but `same`, as `op type name`. */
  steps: string[];
  /** Messages of severity error, warning and info. */
  errors: string[];
  warnings: string[];
  infos: string[];
  /** What policy packs say, as `level policy type name`. */
  violations: string[];
  /** All that was printed, for the search for values. */
  text: string;
}

type Environment = Record<string, string | undefined>;

interface EngineEvent {
  summaryEvent?: { resourceChanges?: Record<string, number> };
  resourcePreEvent?: { metadata: { op: string; urn: string; type: string } };
  diagnosticEvent?: { severity: string; message: string };
  policyEvent?: { enforcementLevel: string; policyName: string; resourceUrn?: string };
}

/** A project and stack of its own, run by the real CLI against the local cloud that local/test.ts started. */
export class Project {
  private constructor(
    readonly folder: string,
    private readonly stack: string,
    private readonly configFile: string,
    private readonly scratch: string,
  ) {}

  /** The root program on a manifest. */
  static async ofManifest(name: string, manifest: string, config: Record<string, string> = {}): Promise<Project> {
    const folder = scratchFolder(name);
    writeFileSync(path.join(folder, "vantedge.yaml"), manifest);
    const project = await Project.ofFiles(folder, name, `main: ${path.join(root, "dist", "program.js")}`, config);
    await project.configure("manifest", "vantedge.yaml", []);
    return project;
  }

  /** A program of the test's own. It finds packages from the repository, as the examples do. */
  static async ofProgram(name: string, program: string, config: Record<string, string> = {}): Promise<Project> {
    const folder = scratchFolder(name, path.join(root, ".local"));
    writeFileSync(path.join(folder, "index.js"), program);
    return Project.ofFiles(folder, name, "main: index.js", config);
  }

  /** A program in YAML: what stands in Pulumi.yaml below name and runtime. */
  static async ofYaml(name: string, program: string, config: Record<string, string> = {}): Promise<Project> {
    const folder = scratchFolder(name);
    const project = new Project(folder, "test", path.join(folder, "Pulumi.test.yaml"), folder);
    project.write("Pulumi.yaml", `name: ${name}\nruntime: yaml\n${program}`);
    return project.initialized(config);
  }

  /** A folder that is there already, such as an example. The stack's configuration stays out of it. */
  static async ofFolder(folder: string, stack: string, config: Record<string, string>): Promise<Project> {
    const scratch = scratchFolder(stack);
    const project = new Project(folder, stack, path.join(scratch, "stack.yaml"), scratch);
    return project.initialized(config);
  }

  private static async ofFiles(
    folder: string,
    name: string,
    main: string,
    config: Record<string, string>,
  ): Promise<Project> {
    writeFileSync(path.join(folder, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n${main}\n`);
    return new Project(folder, "test", path.join(folder, "Pulumi.test.yaml"), folder).initialized(config);
  }

  private async initialized(config: Record<string, string>): Promise<this> {
    await this.mustRun(["stack", "init", this.stack]);
    for (const [key, value] of Object.entries(config)) await this.configure(key, value);
    return this;
  }

  write(file: string, content: string): void {
    writeFileSync(path.join(this.folder, file), content);
  }

  /** A setting is a secret unless told otherwise, and goes in through standard input. */
  async configure(key: string, value: string, flags = ["--secret"]): Promise<void> {
    await this.mustRun(
      ["config", "set", ...flags, "--stack", this.stack, "--config-file", this.configFile, key],
      value,
    );
  }

  preview(env: Environment = {}, flags: string[] = []): Promise<Run> {
    return this.operation("preview", flags, env);
  }

  up(env: Environment = {}): Promise<Run> {
    return this.operation("up", ["--yes", "--skip-preview"], env);
  }

  /** As users type it: what fails in the preview is not begun. */
  upAfterPreview(flags: string[] = []): Promise<Run> {
    return this.operation("up", ["--yes", ...flags], {});
  }

  /** What is printed without --json, with every difference. */
  async shown(command: "preview" | "up"): Promise<{ exitCode: number; text: string }> {
    const flags = command === "up" ? ["--yes", "--skip-preview"] : [];
    return this.cli([command, "--diff", ...flags, "--stack", this.stack, "--config-file", this.configFile], {});
  }

  refresh(env: Environment = {}): Promise<Run> {
    return this.operation("refresh", ["--yes", "--skip-preview"], env);
  }

  destroy(env: Environment = {}): Promise<Run> {
    return this.operation("destroy", ["--yes", "--skip-preview"], env);
  }

  /** The state in clear text as the CLI exports it: secrets are encrypted in it. */
  async export(): Promise<{
    text: string;
    resources: { urn: string; type: string; outputs?: Record<string, unknown> }[];
  }> {
    const { text } = await this.mustRun(["stack", "export", "--stack", this.stack]);
    return { text, resources: JSON.parse(text).deployment.resources ?? [] };
  }

  /** Takes over an exported state. */
  async import(state: string): Promise<void> {
    await this.mustRun(["stack", "import", "--stack", this.stack], state);
  }

  /** Destroys whatever is left and forgets the stack. */
  async end(): Promise<void> {
    await this.destroy();
    await this.forget();
  }

  /** Forgets the stack, and leaves in the cloud what it made. */
  async forget(): Promise<void> {
    await this.mustRun(["stack", "rm", "--yes", "--force", "--stack", this.stack]);
    rmSync(this.scratch, { recursive: true, force: true });
  }

  private async operation(command: string, flags: string[], env: Environment): Promise<Run> {
    const args = [command, "--json", ...flags, "--stack", this.stack, "--config-file", this.configFile];
    // Streams the engine's events in previews too, instead of one summary at the end.
    const { exitCode, text } = await this.cli(args, { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true", ...env });
    return { exitCode, text, ...understand(text) };
  }

  private async mustRun(args: string[], input = ""): Promise<{ text: string }> {
    const { exitCode, text } = await this.cli(args, {}, input);
    if (exitCode !== 0) throw new Error(`pulumi ${args[0]}: ${text}`);
    return { text };
  }

  private cli(args: string[], env: Environment, input = ""): Promise<{ exitCode: number; text: string }> {
    const child = spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.folder,
      env: { ...process.env, ...env },
    });
    const chunks: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => errors.push(chunk));
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        const output = Buffer.concat(chunks).toString();
        const text = code === 0 && args[0] === "stack" ? output : output + Buffer.concat(errors).toString();
        resolve({ exitCode: code ?? 1, text });
      });
    });
  }
}

function scratchFolder(name: string, parent = os.tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(path.join(parent, `vantedge-${name}-`));
}

function understand(text: string): Omit<Run, "exitCode" | "text"> {
  const events = text.split("\n").flatMap(parseEvent);
  const changes =
    events.findLast(({ summaryEvent }) => summaryEvent !== undefined)?.summaryEvent?.resourceChanges ?? {};
  const steps = events.flatMap(({ resourcePreEvent: step }) =>
    step === undefined || step.metadata.op === "same"
      ? []
      : [`${step.metadata.op} ${step.metadata.type} ${step.metadata.urn.split("::").at(-1)}`],
  );
  const messages = (severity: string) =>
    events.flatMap(({ diagnosticEvent: event }) => (event?.severity === severity ? [event.message.trimEnd()] : []));
  return {
    changes,
    steps,
    violations: events.flatMap(({ policyEvent: event }) => (event === undefined ? [] : [violation(event)])),
    errors: messages("error"),
    // The published plugin of Kubernetes says nothing on lines of its own.
    infos: messages("info").filter((line) => line !== ""),
    warnings: messages("warning").filter((text) => !text.startsWith("using pulumi-")),
  };
}

function violation({
  enforcementLevel,
  policyName,
  resourceUrn = "",
}: NonNullable<EngineEvent["policyEvent"]>): string {
  const [type, name] = resourceUrn.split("::").slice(-2);
  return [enforcementLevel, policyName, type?.split("$").at(-1), name].join(" ");
}

function parseEvent(line: string): EngineEvent[] {
  if (!line.startsWith("{")) return [];
  try {
    return [JSON.parse(line) as EngineEvent];
  } catch {
    return [];
  }
}
