import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  type EngineEvent,
  type InlineProgramArgs,
  LocalWorkspace,
  PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation";
import { type Credentials, environmentOf } from "./account";

/** The real engine, with its state in a folder that goes with it. */
export interface Engine {
  stack(name: string, program: InlineProgramArgs["program"], as: Credentials): Promise<Stack>;
  close(): void;
}

export async function findPulumi(): Promise<PulumiCommand> {
  return PulumiCommand.get().catch((error: Error) => {
    throw new Error(
      error.message.includes("ENOENT")
        ? "pulumi is not on PATH: install it, https://www.pulumi.com/docs/install/"
        : `pulumi can't be used: ${error.message.trim().split("\n").at(-1)}`,
    );
  });
}

export function openEngine(pulumiCommand: PulumiCommand, region: string): Engine {
  // Mode 0700: https://nodejs.org/api/fs.html#fsmkdtempsyncprefix-options
  const folder = mkdtempSync(path.join(os.tmpdir(), "vantedge-live-check-"));
  const url = `file://${subfolder(folder, "state")}`;
  const projectName = "vantedge-live-check";
  const passphrase = randomBytes(32).toString("base64");
  const stack: Engine["stack"] = (stackName, program, as) =>
    LocalWorkspace.createStack(
      { stackName, projectName, program },
      {
        pulumiCommand,
        workDir: subfolder(folder, stackName),
        secretsProvider: "passphrase",
        projectSettings: { name: projectName, runtime: "nodejs", backend: { url } },
        envVars: {
          ...environmentOf(as),
          AWS_REGION: region,
          PULUMI_BACKEND_URL: url,
          PULUMI_CONFIG_PASSPHRASE: passphrase,
          PULUMI_CONFIG_PASSPHRASE_FILE: "",
          PULUMI_SKIP_UPDATE_CHECK: "1",
        },
      },
    );
  return { stack, close: () => rmSync(folder, { recursive: true, force: true }) };
}

function subfolder(folder: string, name: string): string {
  const made = path.join(folder, name);
  mkdirSync(made);
  return made;
}

/** The engine's operation; where it fails, the error is what the engine reports, not all that it printed. */
export async function operation<T>(run: (onEvent: (event: EngineEvent) => void) => Promise<T>): Promise<T> {
  const errors: string[] = [];
  try {
    return await run(({ diagnosticEvent: event }) => {
      if (event?.severity === "error") errors.push(event.message.trim());
    });
  } catch (error) {
    const { message } = error as Error;
    throw new EngineError(errors.length > 0 ? errors.join("; ") : (message.trim().split("\n").at(-1) as string));
  }
}

export class EngineError extends Error {
  /** AWS refused: the engine knows of it by the words only. */
  get isDenied(): boolean {
    return /AccessDenied|not authorized|status code: 403|StatusCode: 403/i.test(this.message);
  }
}
