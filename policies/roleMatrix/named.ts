import { wildcard } from "../wildcard";
import type { Document } from "./holders";
import { type StackWorkspace, secretArn } from "./workspaces";

/**
 * Secrets of a workspace that documents name by themselves: an Allow on `*openai*` is about no secret called "any". Each
 * pattern gives one name that it covers.
 */
export function namedSecrets(documents: readonly Document[], workspace: StackWorkspace): Record<string, string> {
  const whole = secretArn(workspace.scope, "");
  const own = whole.slice(0, whole.length - "-AbCdEf".length);
  const names = documents
    .flatMap(({ text }) => resourcesIn(typeof text === "string" ? text : JSON.stringify(text ?? "")))
    .flatMap((pattern) => namesBelow(own, pattern));
  // With six characters of its own at the end the pattern is about a whole ARN; else AWS's are to follow.
  const arn = (name: string) => `${own}${/-\w{6}$/.test(name) ? name : `${name}-AbCdEf`}`;
  return Object.fromEntries([...new Set(names)].map((name) => [name, arn(name)]));
}

function resourcesIn(text: string): string[] {
  return [...text.matchAll(/"((?:arn:|\*)[^"\\]*)"/g)].map(([, pattern]) => pattern as string);
}

/** What is left of a pattern behind each beginning that covers all ARNs of the workspace, with texts for its wildcards. */
function namesBelow(own: string, pattern: string): string[] {
  const ends = [...pattern].flatMap((letter, index) => (/[*?/]/.test(letter) ? [index + 1] : []));
  return ends
    .filter((end) => wildcard(pattern.slice(0, end)).test(own))
    .map((end) =>
      pattern
        .slice(end)
        .replaceAll(/\$\{[^}]*\}|\*/g, "any")
        .replaceAll("?", "a"),
    )
    .filter((name) => name !== "" && name !== "any");
}
