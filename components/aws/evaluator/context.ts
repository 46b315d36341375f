import { Doubt } from "../../prover/truth";
import type { Requester } from "./requester";

/** A key's value in a request; undefined where the request has no such key. Names ignore case, as AWS's do. */
export type Context = (name: string) => string | readonly string[] | undefined | Doubt;

/** What every request carries, because it follows from who asks whom. */
const implied: Readonly<Record<string, (requester: Requester, resourceAccount: string) => string | Doubt>> = {
  "aws:principalarn": ({ kind, arn }) =>
    kind === "session" ? new Doubt("the session's role may have a path: give aws:PrincipalArn") : arn,
  "aws:principalaccount": ({ account }) => account,
  "aws:resourceaccount": (_, resourceAccount) => resourceAccount,
  "kms:calleraccount": ({ account }) => account,
};

export function contextOf(
  given: Readonly<Record<string, string | readonly string[]>>,
  requester: Requester,
  resourceAccount: string,
): Context {
  const values = new Map<string, string | readonly string[] | Doubt>();
  for (const [name, value] of Object.entries(given)) {
    const key = name.toLowerCase();
    values.set(key, values.has(key) ? new Doubt(`the request has ${key} twice`) : value);
  }
  return (name) => {
    const key = name.toLowerCase();
    const value = values.get(key) ?? implied[key]?.(requester, resourceAccount);
    // No value at all is no key.
    return Array.isArray(value) && value.length === 0 ? undefined : value;
  };
}
