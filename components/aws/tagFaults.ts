import type { Fault } from "../backend";

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
const most = 50;
const longestKey = 128;
const longestValue = 256;
const allowed = /^[\p{L}\p{N}\p{Z}+\-=._:/@]*$/u;
const allowedRule = "takes letters, digits, spaces and + - = . _ : / @ only";

/** What AWS refuses of the tags that are given, beside `ours` of our own. Never repeats a tag's text but its key. */
export function tagFaults(tags: Record<string, string>, ours: number): Fault[] {
  const entries = Object.entries(tags);
  const faults = entries.flatMap(([key, value]) => {
    const message = keyProblem(key) ?? valueProblem(value);
    return message === undefined ? [] : [{ path: ["tags", key], message }];
  });
  if (entries.length + ours <= most) return faults;
  const message = `are ${entries.length}, and ${ours} are ours: AWS takes ${most} in all`;
  return [...faults, { path: ["tags"], message }];
}

function keyProblem(key: string): string | undefined {
  if (/^aws:/i.test(key)) return "tags that begin with aws:, in whatever case, are reserved";
  if ([...key].length > longestKey) return `the key is longer than ${longestKey} characters, the most that AWS takes`;
  return allowed.test(key) ? undefined : `the key has characters that AWS refuses: it ${allowedRule}`;
}

function valueProblem(value: string): string | undefined {
  if ([...value].length > longestValue) return `is longer than ${longestValue} characters, the most that AWS takes`;
  return allowed.test(value) ? undefined : `has characters that AWS refuses: it ${allowedRule}`;
}
