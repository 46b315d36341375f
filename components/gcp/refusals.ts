import type { Explain } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";
import { secretPath } from "./names";

/** One line for each way in which the look-up of a version fails. Google's own words quote what was asked, and stay out of it. */
export function versionUntold(workspace: WorkspaceRef, secretName: string, needed: string): Explain {
  const subject = `the version of ${secretPath(workspace, secretName)} can't be looked up`;
  return (said) =>
    /\bError 403\b/.test(said)
      ? `${subject}: whoever runs pulumi up needs ${needed}`
      : `${subject}: Google Cloud gave no answer: run it again`;
}
