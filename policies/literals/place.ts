import { isSecretName } from "./secretName";
import { isSecretText } from "./secretText";

/** A key of a set as it may be printed: who swaps key and value must not read the value in an error. */
export async function shownKey(key: string): Promise<string> {
  return key.length > 64 || (await isSecretText(key)) ? "(a key that looks like a secret)" : key;
}

/** Why a text under a name is a secret that stands there in clear; undefined: it is not known to be one. */
export async function secretReason(name: string, text: unknown): Promise<string | undefined> {
  if (typeof text !== "string" || text === "") return undefined;
  if (await isSecretText(text)) return "looks like a credential";
  return isSecretName(name) && !isReference(text) && !isChoice(name, text)
    ? "is a literal under the name of a secret"
    : undefined;
}

/** What is no secret, but where one is: an ARN, a path, a reference that something resolves later; or a switch. */
function isReference(text: string): boolean {
  return /^(arn:|projects\/|\/|\$[({]|\{\{|ref\+|vault:|https?:\/\/[^@]*$|(true|false|yes|no|on|off)$|\d{1,6}$)/.test(
    text,
  );
}

/** `SECRETS_BACKEND: vault` is about secrets, and only `DATABASE_PASSWORD: postgres` is one: its name ends in the word. */
function isChoice(name: string, text: string): boolean {
  const isWord = /^[a-z]+([-_.][a-z]+)*$/i.test(text);
  return isWord && !/(pass(word|wd|phrase)?|pwd|secrets?|tokens?|credentials?|keys?|string|dsn)$/i.test(name);
}
