import { type Statement, statementsOf } from "../../aws/documents/statements";
import { type Finding, Severity, stackRule } from "../../rule";
import { linked, type Stack, type StackResource } from "../../stack";
import { at, type Value } from "../../value";
import { wildcard } from "../../wildcard";
import { prefixesOf, workspacesNamedIn } from "../workspaces/workspaces";

const roleType = "aws:iam/role:Role";
const policyType = "aws:iam/policy:Policy";
const inlineType = "aws:iam/rolePolicy:RolePolicy";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** Roles of workspaces are below the path `/vantedge/`, readers of bindings among them. */
export const foreignPolicy = stackRule({
  name: "vantedge-role-foreign-policy",
  requires: "A policy of a workspace's role reaches the secrets of that workspace",
  severity: Severity.High,
  ids: [],
  mend: "name the secrets of the role's own workspace, and give others to a role of theirs",
  about: [roleType, inlineType, attachmentType],
  problems: (stack) => {
    const prefixes = prefixesOf(stack);
    return policiesOf(stack).flatMap(({ resource, workspace }) =>
      statementsOf(resource.type, resource.values, "identity").flatMap((statement): Finding[] =>
        isForeign(statement, workspace, prefixes)
          ? [{ resource, problem: `${statement.path}.Resource reaches secrets of another workspace` }]
          : [],
      ),
    );
  },
});

interface RolePolicy {
  /** What has the document. */
  resource: StackResource;
  workspace: string;
}

function policiesOf(stack: Stack): RolePolicy[] {
  const own = stack.ofType(roleType).map((role) => ({ resource: role, workspace: workspaceOf(role) }));
  const inline = stack
    .ofType(inlineType)
    .map((resource) => ({ resource, workspace: workspaceOfHolder(stack, resource) }));
  const attached = stack.ofType(attachmentType).flatMap((attachment) => {
    const workspace = workspaceOfHolder(stack, attachment);
    return linked(stack, attachment, "policyArn", policyType).map((resource) => ({ resource, workspace }));
  });
  return [...own, ...inline, ...attached].flatMap(({ resource, workspace }) =>
    workspace === undefined ? [] : [{ resource, workspace }],
  );
}

function workspaceOfHolder(stack: Stack, policy: StackResource): string | undefined {
  const [role] = linked(stack, policy, "role", roleType);
  return role === undefined ? ofRoleName(policy.values.role) : workspaceOf(role);
}

function workspaceOf({ values }: StackResource): string | undefined {
  const path = typeof values.path === "string" ? /^\/vantedge\/([a-z0-9-]+)\//.exec(values.path)?.[1] : undefined;
  const tag = at(values, "tags", "vantedge-workspace");
  return path ?? (typeof tag === "string" ? tag : ofRoleName(values.name));
}

/** Two hyphens are between a workspace and a binding, and in neither's name. */
function ofRoleName(name: Value): string | undefined {
  return typeof name === "string" ? /^vantedge-(.+?)--/.exec(name)?.[1] : undefined;
}

function isForeign(
  { effect, actions, resources, conditions }: Statement,
  workspace: string,
  prefixes: string[],
): boolean {
  if (effect !== "Allow") return false;
  const touches = actions.some((action) => action === "*" || /^secretsmanager:/i.test(action));
  const named = resources.flatMap((resource) => workspacesNamedIn(resource, prefixes));
  if (touches && named.some((name) => name !== workspace)) return true;
  // A tag of the secret, or whatever else is asked for, may keep it inside.
  const reads = actions.some((action) => wildcard(action, "i").test("secretsmanager:GetSecretValue"));
  return reads && Object.keys(conditions).length === 0 && resources.some(isEverySecret);
}

/** Whether a resource reaches any name there may be: `*`, `arn:aws:secretsmanager:*`, and one whose name is `*`. */
function isEverySecret(resource: string): boolean {
  const [, , service = "*", , , , ...name] = resource.split(":");
  return (
    wildcard(service).test("secretsmanager") &&
    (name.length === 0 || wildcard(name.join(":")).test("any/other/name-AbCdEf"))
  );
}
