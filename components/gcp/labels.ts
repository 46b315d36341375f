import type { Fault } from "../backend";
import { slug } from "../names";
import type { WorkspaceRef } from "../workspaceRef";

/** https://cloud.google.com/resource-manager/docs/labels-overview#requirements */
const most = 64;
/** `goog-pulumi-provisioned`, which Google's provider adds to whatever has labels: pulumi-gcp#2357. */
const ofProvider = 1;
const keyRule = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const valueRule = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;
const longestBytes = 128;

/** Labels decide nothing: IAM knows none. */
export function workspaceLabels(ref: WorkspaceRef, tags: Record<string, string>): Record<string, string> {
  return { ...tags, "vantedge-organization": slug(ref.organization), "vantedge-workspace": ref.name };
}

/** What Google refuses of the tags that are given as labels, beside `ours` of our own. Never repeats a label's value. */
export function labelFaults(tags: Record<string, string>, ours: number): Fault[] {
  const entries = Object.entries(tags);
  const faults = entries.flatMap(([key, value]) => {
    const message = keyProblem(key) ?? valueProblem(value);
    return message === undefined ? [] : [{ path: ["tags", key], message }];
  });
  const taken = ours + ofProvider;
  if (entries.length + taken <= most) return faults;
  const message = `are ${entries.length}, and ${taken} are ours and Pulumi's: Google Cloud takes ${most} labels in all`;
  return [...faults, { path: ["tags"], message }];
}

function keyProblem(key: string): string | undefined {
  return keyRule.test(key) && Buffer.byteLength(key) <= longestBytes
    ? undefined
    : "a label's key on Google Cloud is 1 to 63 lower-case letters, digits, hyphens and underscores, beginning with a letter";
}

function valueProblem(value: string): string | undefined {
  return valueRule.test(value) && Buffer.byteLength(value) <= longestBytes
    ? undefined
    : "a label's value on Google Cloud is up to 63 lower-case letters, digits, hyphens and underscores";
}
