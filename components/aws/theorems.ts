import { fill } from "../placeholders";
import type { RoleName } from "../roles";
import { placeholders, type WorkspaceScope } from "./iam";
import theorems from "./policies/theorems.json";
import type { Question } from "./prover/question";

/** A promise of access, as the question whether a request exists that breaks it. */
export interface Theorem extends Question {
  id: string;
  promise: string;
  /** The roles that it is promised of. */
  who: readonly (RoleName | "workload" | "rotator" | "deployer" | "outsider")[];
  /** Which documents keep it. */
  layers: string;
  /** `rights`: what allows is asked alone, without the denials beside it. */
  documents?: "rights";
  /** What AWS is taken to do, where the promise rests on it. */
  assumes?: string;
}

/**
 * The table (policies/theorems.json), with the workspace's names and keys in it.
 *
 * @param readers whom the key's policy lets decrypt
 */
export function theoremsOf(scope: WorkspaceScope, keyArns: readonly string[], readers: readonly string[]): Theorem[] {
  return fill(theorems as unknown as Theorem[], { ...placeholders(scope, keyArns), readers });
}
