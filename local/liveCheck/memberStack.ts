import * as pulumi from "@pulumi/pulumi";
import { Cloud, Secret, workspaceRef } from "../../index";
import { EngineError, operation } from "./engine";
import { drawName, drawValue } from "./site";
import { CannotTry, prepared } from "./tries";
import type { World } from "./world";

/** A stack that holds only a secret, run with the member's role: up, a changed value, destroy. */
export async function runMemberStack(world: World): Promise<{ holds: boolean; saw: string }> {
  const { site, a, engine } = world;
  const before = `vantedge/${a.name}/`;
  const secretName = drawName(site, before).slice(before.length);
  const program = async () => {
    const { region, caller } = site;
    const workspace = workspaceRef({
      name: a.name,
      organization: "Live check",
      cloud: Cloud.Aws,
      region,
      accountId: caller.accountId,
    });
    const value = pulumi.secret(drawValue(site));
    new Secret(secretName, { workspace, value, recoveryWindowInDays: 7 });
  };
  const credentials = await prepared(world.credentialsOf("a.member"));
  const stack = await prepared(engine.stack(`member-${secretName}`, program, credentials));
  try {
    await operation((onEvent) => stack.up({ onEvent }));
    await operation((onEvent) => stack.up({ onEvent }));
    await operation((onEvent) => stack.destroy({ onEvent }));
    return { holds: true, saw: "" };
  } catch (error) {
    // What it made is removed by name, with the other secrets of this run.
    if (error instanceof EngineError && error.isDenied) return { holds: false, saw: error.message };
    throw new CannotTry((error as Error).message);
  }
}

/** Refreshed first: AWS's own answer is compared, not what the engine remembers. */
export async function changesNothing({ stack }: World): Promise<{ holds: boolean; saw: string }> {
  const { summary } = await operation((onEvent) => stack.up({ refresh: true, onEvent }));
  const changes = Object.entries(summary.resourceChanges ?? {}).filter(([what]) => what !== "same");
  return { holds: changes.length === 0, saw: changes.map(([what, count]) => `${count} ${what}`).join(", ") };
}
