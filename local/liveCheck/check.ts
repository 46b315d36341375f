import { setTimeout as sleep } from "node:timers/promises";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { type Engine, EngineError, openEngine } from "./engine";
import { commandsForRest } from "./leftovers";
import { points } from "./points";
import { destroy, removeSecrets } from "./removal";
import { isRefuted, type Result, reportLines } from "./report";
import { said } from "./said";
import { type Site, withoutValues } from "./site";
import { provision, workspacesStack } from "./workspaces";
import { type World, worldOf } from "./world";

type Log = (line: string) => void;

/** Makes the workspaces, tries every point, removes everything, and returns the exit code. */
export async function liveCheck(site: Site, pulumi: PulumiCommand, settle: number, log: Log): Promise<number> {
  const engine = openEngine(pulumi, site.region);
  try {
    const stack = await workspacesStack(engine, site);
    const results = await tryAll(site, engine, stack, settle, log);
    const rest = await removeAll(site, stack, settle, log);
    for (const line of reportLines(results, points.length)) log(line);
    sayWhatIsLeft(rest, log);
    return exitCode(results, rest, site);
  } finally {
    engine.close();
  }
}

/** 128 and the number of SIGINT, as shells have it, where the user ended it and nothing is left. */
function exitCode(results: readonly Result[], rest: readonly string[], { interruption }: Site): number {
  if (rest.length > 0) return 1;
  if (interruption.aborted) return 130;
  const isTried = results.some(({ finding }) => finding.verdict === "confirmed");
  return isTried && !results.some(isRefuted) ? 0 : 1;
}

/** What came of the points, as far as it got. */
async function tryAll(site: Site, engine: Engine, stack: Stack, settle: number, log: Log): Promise<Result[]> {
  log(`\nMaking the workspaces ${site.names.a} and ${site.names.b} ...`);
  try {
    const world = worldOf(site, await provision(stack), engine, stack);
    await pause(settle, site);
    if (!site.interruption.aborted)
      log(`Trying ${points.length} points; CloudTrail tells of them up to 15 minutes later ...`);
    return await tryEach(world, settle);
  } catch (error) {
    if (!site.interruption.aborted)
      log(`live-check: the workspaces can't be made: ${whyNotMade(error as Error, site)}`);
    return [];
  }
}

/**
 * In order. What comes out otherwise than we say is tried once more, after IAM had its time again: each try makes what
 * it needs.
 */
async function tryEach(world: World, settle: number): Promise<Result[]> {
  const { interruption } = world.site;
  const results: Result[] = [];
  for (const point of points) {
    if (!interruption.aborted) results.push({ point, finding: await point.try(world) });
  }
  const refuted = results.filter(isRefuted);
  if (refuted.length > 0) await pause(settle, world.site);
  for (const result of refuted) {
    if (!interruption.aborted) result.finding = await result.point.try(world);
  }
  return results;
}

function whyNotMade(error: Error, site: Site): string {
  const text = withoutValues(site, said(error));
  return error instanceof EngineError && error.isDenied ? `${text}: use the credentials of an administrator` : text;
}

/** Until then, or until the user ends it. */
async function pause(seconds: number, { interruption }: Site): Promise<void> {
  await sleep(seconds * 1000, undefined, { signal: interruption }).catch(() => {});
}

/** Whatever is left is returned as the commands that remove it. */
async function removeAll(site: Site, stack: Stack, settle: number, log: Log): Promise<string[]> {
  log("Removing everything ...\n");
  await destroy(stack).catch((error: Error) => log(`destroy failed: ${withoutValues(site, said(error))}`));
  const secrets = new SecretsManagerClient({ region: site.region, credentials: site.caller.credentials });
  const secretNames = await removeSecrets(secrets, site);
  const rest = await commandsForRest(site, secretNames);
  if (rest.length === 0) return rest;
  // A role that was just deleted may still be listed for a moment.
  await sleep(settle * 1000);
  return commandsForRest(site, secretNames);
}

function sayWhatIsLeft(rest: readonly string[], log: Log): void {
  if (rest.length === 0) {
    log("Everything is removed. AWS deletes the keys in 30 days, and no longer charges for them.");
    return;
  }
  log("\nThis is left, and removed by:");
  for (const command of rest) log(`  ${command}`);
}
