import type { Document } from "./holders";
import { arnOf, type StackWorkspace } from "./workspaces";

/**
 * Secrets of a workspace that documents name by themselves: an Allow on `*openai*` is about no secret called "any". Each
 * pattern gives one name that it covers.
 */
export function namedSecrets(documents: readonly Document[], workspace: StackWorkspace): Record<string, string> {
  const { scope } = workspace;
  const own = `${scope.prefix}/${scope.workspace}/`;
  const names = documents.flatMap(({ text }) =>
    patternsIn(typeof text === "string" ? text : JSON.stringify(text ?? "")),
  );
  const covered = names.flatMap((pattern) => {
    const name = pattern.startsWith(own) ? pattern.slice(own.length) : afterWildcard(pattern);
    const plain = name?.replaceAll(/\$\{[^}]*\}|\*/g, "any").replaceAll("?", "a");
    return plain === undefined || plain === "" || plain === "any" ? [] : [plain];
  });
  const arn = (name: string) => `${arnOf("secretsmanager", scope)}:secret:${own}${name}`;
  // With six characters of its own at the end the pattern is about a whole ARN; else AWS's are to follow.
  return Object.fromEntries(
    [...new Set(covered)].map((name) => [name, arn(/-\w{6}$/.test(name) ? name : `${name}-AbCdEf`)]),
  );
}

/** What stands for a secret's name in the ARNs of a document; a pattern may have no `:secret:` at all, such as `*openai*`. */
function patternsIn(text: string): string[] {
  const afterSecret = [...text.matchAll(/:secret:([^"\\]+)/g)].map(([, name]) => name as string);
  const wild = [...text.matchAll(/"(\*[^":\\]+)"/g)].map(([, pattern]) => pattern as string);
  return [...afterSecret, ...wild];
}

function afterWildcard(pattern: string): string | undefined {
  const wildcard = /^[*?][*?]*/.exec(pattern);
  return wildcard === null ? undefined : pattern.slice(wildcard[0].length);
}
