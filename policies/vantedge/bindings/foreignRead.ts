import { externalReadTypes } from "../../kubernetes/secrets/externalReads";
import { type Finding, Severity, stackRule } from "../../rule";
import type { Stack, StackResource } from "../../stack";
import { at, notYetKnown, type Value } from "../../value";
import { prefixesOf, workspacesNamedIn, workspacesOf } from "../workspaces/workspaces";

/** What reads secrets into a namespace: https://external-secrets.io/latest/guides/multi-tenancy/ */
export const foreignRead = stackRule({
  name: "vantedge-namespace-foreign-read",
  requires: "What reads secrets into a workspace's namespace reads those of that workspace",
  severity: Severity.High,
  ids: [],
  mend: "name secrets, roles and projects of the workspace whose namespace it is",
  about: externalReadTypes,
  problems: (stack) => {
    const prefixes = prefixesOf(stack);
    return stack.ofType(...externalReadTypes).flatMap((resource) => {
      const own = workspaceOf(stack, resource);
      if (own === undefined) return [];
      const foreignProjects = projectsOfOthers(stack, own);
      return textsIn("spec", resource.values.spec).flatMap(({ path, text }): Finding[] => {
        const others = workspacesNamedIn(text, prefixes).filter((name) => name !== own);
        const isForeign = others.length > 0 || (path.endsWith(".projectID") && foreignProjects.includes(text));
        return isForeign ? [{ resource, problem: `${path} reaches another workspace` }] : [];
      });
    });
  },
});

/** The workspace whose namespace an object is in: of the stack's workspaces, or by the label that ours carry. */
function workspaceOf(stack: Stack, { values }: StackResource): string | undefined {
  const namespace = at(values, "metadata", "namespace");
  if (namespace === undefined || namespace === notYetKnown) return undefined;
  const owners = workspacesOf(stack).filter((workspace) => workspace.values.namespace === namespace);
  const name =
    owners.length === 1 ? owners[0]?.values.workspaceName : at(values, "metadata", "labels", "vantedge.run/workspace");
  return typeof name === "string" ? name : undefined;
}

function projectsOfOthers(stack: Stack, own: string): string[] {
  const all = workspacesOf(stack).map(({ values }) => values);
  const ours = all.filter(({ workspaceName }) => workspaceName === own).map(({ projectId }) => projectId);
  return all
    .map(({ projectId }) => projectId)
    .filter((projectId) => typeof projectId === "string")
    .filter((projectId) => !ours.includes(projectId) && !ours.includes(notYetKnown));
}

function textsIn(path: string, value: Value): { path: string; text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(`${path}[${index}]`, item));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(`${path}.${key}`, inner));
}
