import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { type Actor, rolesOf, strangers } from "./cast";
import { type Decision, decide, type Place } from "./decide";
import { mistakes, withConditions } from "./mistakes";
import type { Recorded } from "./recorded";
import { type Stage, stage } from "./rows";
import { boundSecret, type Home, homeLocation, type Setting, secretAt, settings } from "./world";

/** A row of the matrix as it stands in the file. */
export interface MatrixRow {
  role: string;
  action: string;
  resource_scope: string;
  condition_context: string;
  expected: Decision;
  why: string;
}

export const folder = path.resolve(__dirname, "../../fixtures/matrix");

export function matrixFrom(text: string): MatrixRow[] {
  return parse(text, { columns: true });
}

export const matrix = matrixFrom(readFileSync(path.join(folder, "gcp.csv"), "utf8"));

interface Mode {
  setting: Setting;
  /** What is wrong with the bindings on purpose. */
  fault?: (stage: Stage) => Recorded;
}

const modes: Record<string, Mode> = {
  project: { setting: settings.project },
  "project-deny": { setting: settings["project-deny"] },
  "shared-strict": { setting: settings["shared-strict"] },
  "shared-strict-regional": { setting: settings["shared-strict-regional"] },
  "shared-open": { setting: settings["shared-open"] },
  "shared-bug-project-id": {
    setting: settings["shared-strict"],
    fault: ({ recorded, homes: [{ project }] }) =>
      withConditions(recorded, (expression) => mistakes["project id in place of number"](expression, project)),
  },
};

/** Everything is recorded once. */
export type Books = Map<string, Stage>;

export async function open(): Promise<Books> {
  const books: Books = new Map();
  for (const [mode, { setting, fault }] of Object.entries(modes)) {
    const made = await stage(mode, setting);
    books.set(mode, fault === undefined ? made : { ...made, recorded: fault(made) });
  }
  return books;
}

export function decideRow(row: MatrixRow, books: Books): Decision {
  const made = known("mode", modeOf(row), books);
  const actor = actorOf(row.role, made.homes[0]);
  const place = placeOf(row.resource_scope, made);
  return decide(actor, { permission: row.action, place, time: actor.time }, made.recorded);
}

function modeOf({ condition_context }: MatrixRow): string {
  const [key, mode, ...rest] = condition_context.split(/[=;]/);
  if (key !== "mode" || mode === undefined || rest.length > 0) {
    throw new Error(`context ${condition_context}: known is mode=MODE`);
  }
  return mode;
}

function actorOf(role: string, home: Home): Actor {
  const actors = [...rolesOf(home), ...strangers];
  return known("role", role, new Map(actors.map((actor) => [actor.kind, actor] as const).reverse()));
}

/** Whose secret, whether a regional one, and on what level, which is the permission's too. */
const scopePattern = /^(same-ws|other-ws|lookalike|unmanaged|unlisted)-(regional-)?(project|secret|version)$/;

function placeOf(scope: string, { homes: [own, other, lookAlike] }: Stage): Place {
  const [, whose, regional, level] = scopePattern.exec(scope) ?? [];
  const location = regional === undefined ? undefined : homeLocation;
  const places: Record<string, Place> = {
    "same-ws": secretAt(own, boundSecret, location),
    unlisted: secretAt(own, "stripe-api-key", location),
    "other-ws": secretAt(other, boundSecret, location),
    lookalike: secretAt(lookAlike, boundSecret, location),
    unmanaged: { ...secretAt(own, "any", location), secretId: "legacy-db" },
  };
  const place = places[whose ?? ""];
  if (place === undefined) throw new Error(`scope ${scope}: known are ${scopePattern.source}`);
  return level === "project" ? { project: place.project } : place;
}

function known<T>(what: string, name: string, all: ReadonlyMap<string, T>): T {
  const found = all.get(name);
  if (found === undefined) throw new Error(`${what} ${name}: known are ${[...all.keys()].join(", ")}`);
  return found;
}
