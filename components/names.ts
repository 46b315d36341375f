/**
 * Names and their rules (design.md 2). A name is an authority: IAM conditions are built from it, so it is checked
 * before anything is created, and `--` is free for us as a delimiter where a cloud's names have no slash.
 */
const workspacePattern = /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/;
const secretPattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The default first part of every secret's name in the cloud. */
export const defaultPrefix = "vantedge";

export const workspaceNameRule =
  "1 to 32 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit";
export const secretNameRule =
  "1 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit";

export function isWorkspaceName(name: string): boolean {
  return workspacePattern.test(name) && !name.includes("--");
}

/** Secrets, bindings and prefixes share this rule. */
export function isSecretName(name: string): boolean {
  return secretPattern.test(name) && !name.includes("--");
}

/** A label from free text ("AI Startup" becomes "ai-startup"): for tags, never for access. At most 63 characters. */
export function slug(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "") // "ä" is now "a" and a mark
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
}

/** The logical name of a thing in a workspace where one program holds several workspaces; `--` is in no name. */
export function qualified(workspace: string, name: string): string {
  return `${workspace}--${name}`;
}
