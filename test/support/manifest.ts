import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { secret } from "@pulumi/pulumi";
import { loadManifest, type Manifest } from "../../components/manifest/model";
import { ShownOutputs } from "../../components/manifest/outputs";
import { ManifestError } from "../../components/manifest/problems";
import type { Settings } from "../../components/manifest/settings";
import { accountId } from "./fixtures";

const folder = mkdtempSync(path.join(tmpdir(), "vantedge-manifest-"));

/** What `pulumi config` holds, for a file that refers to the workspaces of another stack. */
export const elsewhere = { organization: "AI Startup", aws: { region: "us-east-1", accountId } };

/** A manifest's head, to which a test adds secrets and bindings. */
export const head = `organization: AI Startup
cloud: { aws: { region: us-east-1, accountId: "${accountId}" } }
workspaces:
  - name: production
`;

export function file(text: string): string {
  const name = path.join(folder, "vantedge.yaml");
  writeFileSync(name, text);
  return name;
}

export function settings(given: Partial<Settings> = {}, keys: Record<string, string> = {}): Settings {
  return {
    organization: undefined,
    aws: undefined,
    gcp: undefined,
    cluster: undefined,
    workspaces: undefined,
    auditTrails: undefined,
    preflight: true,
    outputs: ShownOutputs.Short,
    state: (key) => (keys[key] === undefined ? "missing" : keys[key] === "" ? "empty" : "set"),
    isInClear: () => false,
    value: (key) => secret(keys[key] as string),
    ...given,
  };
}

export function load(text: string, given = settings()): Manifest {
  return loadManifest(file(text), given);
}

/** The problems of a manifest, without the file's name. Anything but a ManifestError is thrown. */
export function problems(text: string, given = settings()): string[] {
  try {
    load(text, given);
    return [];
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return error.problems.map((problem) => problem.replace(`${folder}/vantedge.yaml:`, ""));
  }
}

/** A manifest and the places in it that are marked with ¦, as line:column. */
export function marked(text: string): { text: string; places: string[] } {
  const parts = text.split("¦");
  const places = parts.slice(0, -1).map((_, index) => {
    const before = parts
      .slice(0, index + 1)
      .join("")
      .split("\n");
    return `${before.length}:${(before.at(-1) as string).length + 1}`;
  });
  return { text: parts.join(""), places };
}
