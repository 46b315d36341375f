import type { Explain } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";

/** How the provider and AWS call what isn't there. */
const absence = /couldn't find resource|empty result|\b(NotFound|NoSuchEntity|ResourceNotFound)\w*\b/;
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const denial = /\b(AccessDenied\w*|not authorized to perform|StatusCode: 403)\b/;
const deniedAction = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/;

export function isAbsence(said: string): boolean {
  return absence.test(said);
}

/** A look-up, and the right that it needs. */
interface LookedUp {
  subject: string;
  action: string;
  /** The message for something that isn't there. */
  absent: string;
}

/** One line for each way in which a look-up fails. AWS's own words quote what was asked, and stay out of it. */
export function explaining({ subject, action, absent }: LookedUp): Explain {
  return (said) => {
    if (isAbsence(said)) return `${subject}: ${absent}`;
    if (denial.test(said)) return `${subject}: ${mayNot(deniedAction.exec(said)?.[1] ?? action)}`;
    const code = /\bapi error (\w+)/.exec(said)?.[1];
    return `${subject}: AWS gave no answer to ${action}${code === undefined ? "" : ` (${code})`}: run it again`;
  };
}

function mayNot(action: string): string {
  return `the credentials may not do ${action}: allow it to whoever runs pulumi up`;
}

/** For a secret that may be of another stack. */
export function secretMissing(workspace: WorkspaceRef, secretName: string, action: string): Explain {
  const subject = `secret "${secretName}" of workspace "${workspace.name}"`;
  return explaining({ subject, action, absent: "it is not there: correct its name, or make it first" });
}
