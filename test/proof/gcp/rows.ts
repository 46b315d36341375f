import { type Actor, lookAlikes, rolesOf, strangers } from "./cast";
import { decide, type Place, type Project, type Request } from "./decide";
import { expected } from "./expectation";
import { factsOf } from "./facts";
import { levelOf, permissions } from "./permissions";
import type { Recorded } from "./recorded";
import {
  boundSecret,
  type Home,
  homeLocation,
  homeOf,
  recordWorkspaces,
  type Setting,
  secretAt,
  strangersIn,
} from "./world";

/** The projects that the proof is about: a workspace, others beside it, and people who are in none. */
export interface Stage {
  name: string;
  setting: Setting;
  /** The first is the one that requests are about. */
  homes: readonly [Home, Home, Home];
  /** What the components make. */
  ours: Recorded;
  /** That, and what others bind in the project. */
  recorded: Recorded;
}

export const workspaces = ["production", "development", "production-eu"] as const;

export async function stage(name: string, setting: Setting): Promise<Stage> {
  const homes = workspaces.map((workspace, index) => homeOf(workspace, setting, index)) as [Home, Home, Home];
  const ours = await recordWorkspaces(workspaces, setting);
  return { name, setting, homes, ours, recorded: besideStrangers(ours, homes[0].project) };
}

/** Others have Google's roles in the project. */
export function besideStrangers(ours: Recorded, project: Project): Recorded {
  return { ...ours, bindings: [...ours.bindings, ...strangersIn(project)] };
}

/** One question to the bindings. */
export interface Row {
  actor: Actor;
  request: Request;
  scope: string;
}

/** The full product: everybody, every permission, every scope. */
export function product({ homes, setting }: Stage): Row[] {
  const scopes = Object.entries(placesOf(homes, setting));
  return everybody(homes).flatMap((actor) =>
    scopes.flatMap(([scope, place]) =>
      permissions
        .filter((permission) => (levelOf(permission) === "project") === (place.secretId === undefined))
        .map((permission) => ({ actor, scope, request: { permission, place, time: actor.time } })),
    ),
  );
}

function everybody(homes: Stage["homes"]): Actor[] {
  return [...homes.flatMap(rolesOf), ...strangers, ...lookAlikes(homes[0])];
}

/** A company's project with secrets that are named like ours. */
const foreign: Project = { id: "foreign-production", number: "999900000001" };

/** Secrets and projects as the roles of `production` see them. Workspaces that share a project have one. */
function placesOf([own, other, lookAlike]: Stage["homes"], { location }: Setting): Record<string, Place> {
  const { project } = own;
  const named = (secretId: string, at?: string): Place => ({ ...secretAt(own, "any", at), secretId });
  const isShared = other.project.id === project.id;
  return {
    project: { project },
    ...(isShared ? {} : { "other workspace's project": { project: other.project } }),
    "foreign project": { project: foreign },
    "own, bound": secretAt(own, boundSecret),
    "own, not bound": secretAt(own, "stripe-api-key"),
    "own, regional, bound": secretAt(own, boundSecret, homeLocation),
    "own, regional, not bound": secretAt(own, "stripe-api-key", homeLocation),
    "own name, other location": secretAt(own, boundSecret, "europe-west1"),
    "own name, location that begins alike": secretAt(own, boundSecret, `${homeLocation}0`),
    "own name, foreign project": secretAt({ ...own, project: foreign }, boundSecret),
    "own name, foreign project, regional": secretAt(
      { ...own, project: foreign },
      boundSecret,
      location ?? homeLocation,
    ),
    ...(isShared
      ? {}
      : { "own name, other workspace's project": secretAt({ ...own, project: other.project }, boundSecret) }),
    "other workspace": secretAt(other, boundSecret),
    "other workspace, not bound": secretAt(other, "stripe-api-key"),
    "other workspace, regional": secretAt(other, boundSecret, homeLocation),
    "look-alike workspace": secretAt(lookAlike, boundSecret),
    "look-alike workspace, regional": secretAt(lookAlike, boundSecret, homeLocation),
    "look-alike: one hyphen": named("vantedge--production-openai-api-key"),
    "look-alike: goes on": named("vantedge--production2--openai-api-key"),
    "look-alike: the prefix alone": named("vantedge--production"),
    "look-alike: something in front": named("my-vantedge--production--openai-api-key"),
    "look-alike: other prefix": named("acme--production--openai-api-key"),
    "look-alike: capitals": named("Vantedge--Production--openai-api-key"),
    "look-alike: another's secret with our name": named("vantedge--development--production--openai-api-key"),
    unmanaged: named("legacy-db"),
    "unmanaged, regional": named("legacy-db", homeLocation),
  };
}

/** One line for each row that is decided otherwise than the rules say. */
export function disagreements(rows: readonly Row[], stage: Stage): string[] {
  return rows.flatMap((row) => {
    const wanted = wantedOf(row, stage);
    const actual = decide(row.actor, row.request, stage.recorded);
    return actual === wanted ? [] : [`${stage.name} | ${lineOf(row)}: expected ${wanted}, got ${actual}`];
  });
}

export function wantedOf({ actor, request }: Row, { setting, homes }: Stage) {
  return expected(actor, request.permission, factsOf(request, actor, setting, homes[0]));
}

function lineOf({ actor, request, scope }: Row): string {
  return [actor.name, request.permission, scope].join(" | ");
}

/** The same question twice would count twice. */
export function repeated(rows: readonly Row[]): string[] {
  const seen = new Set<string>();
  return rows
    .map(({ actor, request }) => JSON.stringify([actor.name, request]))
    .filter((row) => seen.size === seen.add(row).size);
}
