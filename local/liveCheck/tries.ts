import { said } from "./said";
import { withoutValues } from "./site";
import type { Actor, Clients, World } from "./world";

/** What came of a point. */
export interface Finding {
  verdict: "confirmed" | "refuted" | "not tried";
  /** What AWS said, or why it was not asked. */
  saw: string;
}

export type Try = (world: World) => Promise<Finding>;
/** One request to AWS as somebody. What it needs beforehand is `prepared`. */
export type Call = (as: Clients, world: World) => Promise<unknown>;

/** The try can't be made here: no answer about the point. */
export class CannotTry extends Error {}

/** AWS lets the actor do it. */
export function allowed(actor: Actor, call: Call): Try {
  return async (world) => {
    const answer = await ask(actor, call, world);
    if (answer.is === "granted") return { verdict: "confirmed", saw: "" };
    return { verdict: answer.is === "denied" ? "refuted" : "not tried", saw: answer.saw };
  };
}

/** AWS refuses it to the actor for want of a right. Any other answer of the service means that access was given. */
export function denied(actor: Actor, call: Call): Try {
  return async (world) => {
    const answer = await ask(actor, call, world);
    if (answer.is === "denied") return { verdict: "confirmed", saw: answer.saw };
    if (answer.is === "granted") return { verdict: "refuted", saw: "AWS did it" };
    return answer.is === "faulty"
      ? { verdict: "refuted", saw: `access was given, and then: ${answer.saw}` }
      : { verdict: "not tried", saw: answer.saw };
  };
}

/** Something else than access; the answer says what was seen. */
export function fact(look: (world: World) => Promise<{ holds: boolean; saw: string }>): Try {
  return async (world) => {
    try {
      const { holds, saw } = await look(world);
      return { verdict: holds ? "confirmed" : "refuted", saw: withoutValues(world.site, saw) };
    } catch (error) {
      return { verdict: "not tried", saw: withoutValues(world.site, said(error as Error)) };
    }
  };
}

/** What only a longer arrangement can try. */
export function notTried(why: string): Try {
  return async () => ({ verdict: "not tried", saw: why });
}

/** What a try needs: its failure is no answer about the point. */
export async function prepared<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: Error) => {
    throw new CannotTry(`could not prepare it: ${said(error)}`);
  });
}

interface Answer {
  /** Faulty: the service refused the request itself. Open: no answer about access. */
  is: "granted" | "denied" | "faulty" | "open";
  saw: string;
}

async function ask(actor: Actor, call: Call, world: World): Promise<Answer> {
  try {
    const clients = await prepared(world.clientsOf(actor));
    await call(clients, world);
    return { is: "granted", saw: "" };
  } catch (error) {
    return { is: kindOf(error as ServiceError), saw: withoutValues(world.site, said(error as Error)) };
  }
}

/** As the SDK marks the errors that a service answers. */
type ServiceError = Error & { $fault?: "client" | "server" };

function kindOf(error: ServiceError): Answer["is"] {
  if (error.name.startsWith("AccessDenied")) return "denied";
  const isOfTheMoment = /Throttl|TooManyRequests|ExpiredToken|RequestExpired|LimitExceeded/.test(error.name);
  return error.$fault === "client" && !isOfTheMoment ? "faulty" : "open";
}
