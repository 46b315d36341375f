/** Words in the name of a variable, key or field that say: what stands here is a secret. */
const words =
  /(^|[^a-z])(pass(word|wd|phrase)?|pwd|secrets?|tokens?|credentials?|api[-_]?keys?|access[-_]?keys?|private[-_]?keys?|signing[-_]?keys?|encryption[-_]?keys?|auth[-_]?keys?|connection[-_]?strings?|dsn)([^a-z]|$)/;

/** What follows such a word where the value is not the secret but says where it is, or something about it. */
const about =
  /[-_]?(arns?|ids?|names?|paths?|files?|dirs?|directory|mount|refs?|references?|url|uri|endpoint|host|region|provider|type|version|ttl|lifetime|expiry|expiration|timeout|length|size|count|limit|budget|enabled|required|policy|prefix|store|manager|rotation|header|issuer|audience|algorithm|max|min|per[-_].*)$/;

/** Whether a variable of this name is meant to hold a secret: `OPENAI_API_KEY`, `dbPassword`, not `TOKEN_TTL`. */
export function isSecretName(name: string): boolean {
  const snake = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return words.test(snake) && !about.test(snake) && !/^(max|min|num|number)[-_]/.test(snake);
}
