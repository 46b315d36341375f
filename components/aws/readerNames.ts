import { createHash } from "node:crypto";
import { rolePath } from "./iam";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longestRoleName = 64;

/** The key's policy lets roles of this path decrypt, whatever their number (policies/key.json). */
export function readerPath(workspace: string): string {
  return `${rolePath(workspace)}workload/`;
}

/**
 * Two hyphens are in no workspace's or binding's name, so the name takes neither that of a workspace's own role nor
 * that of a reader of another workspace. Where it is too long, a hash stands for what is cut off, after two hyphens
 * again: such a name is no binding's whole one.
 */
export function readerName(workspace: string, binding: string): string {
  const whole = wholeName(workspace, binding);
  if (whole.length <= longestRoleName) return whole;
  const ending = `--${createHash("sha256").update(binding).digest("hex").slice(0, 12)}`;
  return whole.slice(0, longestRoleName - ending.length) + ending;
}

/** A policy's name may have 128 characters: the longest here has 109. */
export function readerPolicyName(workspace: string, binding: string, number: number): string {
  return `${wholeName(workspace, binding)}-${number}`;
}

function wholeName(workspace: string, binding: string): string {
  return `vantedge-${workspace}--${binding}`;
}
