import type { Actor } from "./cast";
import type { Request } from "./decide";
import { boundSecret, type Home, type Setting } from "./world";

/** A request in the words of the rules, as the one who calls sees it: "own" is what belongs to the caller's workspace. */
export type Facts = Record<string, string>;

/** `seat` is the workspace in whose project outsiders have what they have, and whose project a deny policy is on. */
export function factsOf({ place }: Request, actor: Actor, setting: Setting, seat: Home): Facts {
  const { sharing, location, locked = false } = setting;
  const home = actor.home ?? seat;
  const [prefix, workspace, ...rest] = (place.secretId ?? "").split("--");
  const isOwn = prefix === "vantedge" && workspace === home.workspace && rest.length > 0;
  const inSeat = place.project.id === seat.project.id;
  // The deny policy names those of the workspaces that are in the project.
  const isExcepted = actor.home !== undefined && actor.home.project.id === seat.project.id;
  return {
    sharing,
    project: place.project.id === home.project.id ? "own" : "other",
    secret: place.secretId === undefined ? "none" : isOwn ? "own" : "other",
    at: place.location === undefined ? "global" : place.location === location ? "home" : "elsewhere",
    bound: isOwn && rest.join("--") === boundSecret && place.location === location ? "yes" : "no",
    lock: locked && inSeat ? "yes" : "no",
    excepted: isExcepted ? "yes" : "no",
    ended: actor.name.endsWith("after the end") ? "yes" : "no",
  };
}
