import { defaultPrefix } from "../../../components/names";
import type { Stack, StackResource } from "../../stack";
import type { Value } from "../../value";

export const workspaceType = "vantedge-secrets:index:Workspace";

const workspaceName = "[a-z0-9]+(?:-[a-z0-9]+)*";

/** The workspaces of the stack. Others are in stacks of their own. */
export function workspacesOf(stack: Stack): StackResource[] {
  return stack.ofType(workspaceType);
}

/** The workspace whose component a resource belongs to. */
export function ownerOf(resource: StackResource): StackResource | undefined {
  const { parent } = resource;
  return parent === undefined || parent.type === workspaceType ? parent : ownerOf(parent);
}

/** How names of secrets begin, in this stack and by default. */
export function prefixesOf(stack: Stack): string[] {
  const given = workspacesOf(stack).map(({ values }) => values.prefix);
  return [...new Set([defaultPrefix, ...given.filter((prefix) => typeof prefix === "string")])];
}

/**
 * The workspaces whose secrets a text names: `vantedge/production/token`, on Google Cloud `vantedge--production--token`,
 * alone, in an ARN, a path or a longer text. `*` stands for all of them: `vantedge/*`.
 */
export function workspacesNamedIn(text: Value, prefixes: readonly string[]): string[] {
  if (typeof text !== "string") return [];
  return prefixes.flatMap((prefix) => {
    const before = `(?<![a-z0-9-])${escaped(prefix)}`;
    const named = new RegExp(`${before}(?:/(${workspaceName})/|--(${workspaceName})--)`, "g");
    const found = [...text.matchAll(named)].map((match) => match[1] ?? match[2] ?? "");
    return new RegExp(`${before}(?:(?:/|--)(?:[*.]|$)|\\*)`).test(text) ? [...found, "*"] : found;
  });
}

/** The workspace that a secret's own name says it is of. */
export function workspaceOfName(name: Value, prefixes: readonly string[]): string | undefined {
  const begins = prefixes.some((prefix) => typeof name === "string" && name.startsWith(prefix));
  return begins ? workspacesNamedIn(name, prefixes).find((workspace) => workspace !== "*") : undefined;
}

/** The component of that name, if it is in the stack. */
export function workspaceNamed(stack: Stack, name: string): StackResource | undefined {
  return workspacesOf(stack).find(({ values }) => values.workspaceName === name);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
