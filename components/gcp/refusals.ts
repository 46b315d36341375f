import type { Explain } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";
import { secretPath } from "./names";

/** One line for each way in which the look-up of a secret fails. Google's own words quote what was asked, and stay out of it. */
export function secretMissing(workspace: WorkspaceRef, secretName: string): Explain {
  const subject = `secret "${secretName}" of workspace "${workspace.name}"`;
  const path = secretPath(workspace, secretName);
  return (said) => {
    if (/\bError 404\b/.test(said)) return `${subject}: ${path} is not there: correct its name, or make it first`;
    if (/\bError 403\b/.test(said)) {
      return `${subject}: the credentials may not do secretmanager.secrets.get: allow it to whoever runs pulumi up`;
    }
    return `${subject}: Google Cloud gave no answer to secretmanager.secrets.get: run it again`;
  };
}
