import { type Finding, Severity, stackRule } from "../rule";
import type { Stack } from "../stack";
import { workspaceType } from "../vantedge/workspaces/workspaces";
import { type Grant, grantsOf, isHeldBack } from "./judge";
import { namedSecrets } from "./named";
import { type Party, partiesOf } from "./parties";
import { type MatrixAction, matrixActions, type Target, targetsOf } from "./requests";
import { resourcePolicyFindings } from "./resourcePolicies";
import { awsWorkspaces, type StackWorkspace } from "./workspaces";

/**
 * The role matrix against every policy of the stack, those that a program adds included: facts/iam.md 1.5. What a workspace
 * denies its roles holds such a policy back, and is the second line, not the first.
 */
export const roleMatrix = stackRule({
  name: "role-matrix",
  requires: "Nobody may do more with a workspace's secrets than the role matrix says",
  severity: Severity.Critical,
  ids: [],
  mend: "take the statement away, or narrow its actions and resources to what is not the workspace's",
  about: workspaceType,
  problems: (stack) => {
    const workspaces = awsWorkspaces(stack);
    if (workspaces.length === 0) return [];
    return [...identityFindings(stack, workspaces), ...resourcePolicyFindings(stack, workspaces)];
  },
});

function identityFindings(stack: Stack, workspaces: readonly StackWorkspace[]): Finding[] {
  return partiesOf(stack, workspaces)
    .filter(({ foreign }) => foreign.length > 0)
    .flatMap((party) => workspaces.flatMap((workspace) => beyondMatrix(party, workspace)));
}

interface Beyond extends Grant {
  action: string;
  target: Target;
}

/** What a party's own documents give it in a workspace beyond the matrix: one finding for each statement. */
function beyondMatrix(party: Party, workspace: StackWorkspace): Finding[] {
  const grantOf = grantsOf(party, workspace);
  const named = { ...workspace.secrets, ...namedSecrets(party.foreign, workspace) };
  const beyond = actionsFor(party).flatMap((matrixAction): Beyond[] => {
    // What is about no secret in particular counts at home: reading many at once needs the right to read each.
    const where = matrixAction.on === "everything" ? (party.home?.workspace ?? workspace) : workspace;
    if (where !== workspace || party.may(matrixAction.needs, workspace)) return [];
    for (const target of targetsOf(matrixAction, workspace, named)) {
      const grant = grantOf(target);
      if (grant !== undefined) return [{ ...grant, action: matrixAction.action, target }];
    }
    return [];
  });
  const byStatement = grouped(
    beyond,
    ({ document, statement }) => `${document.resource.urn} ${document.path} ${statement}`,
  );
  return [...byStatement.values()].map((list) => finding(party, workspace, list as [Beyond, ...Beyond[]]));
}

/** Of who has no role, reading is of interest: deployers make, change and delete secrets. */
function actionsFor({ isOurs }: Party): readonly MatrixAction[] {
  return isOurs ? matrixActions : matrixActions.filter(({ action }) => action === "secretsmanager:GetSecretValue");
}

function finding(party: Party, workspace: StackWorkspace, beyond: [Beyond, ...Beyond[]]): Finding {
  const [{ document, statement, target }] = beyond;
  const place = statement === undefined ? document.path : `${document.path}.Statement[${statement}]`;
  const actions = beyond.map(({ action }) => action).join(", ");
  const held = beyond.every((one) => holdsBack(party, workspace, one.target))
    ? ", and only what the workspace denies holds it back"
    : "";
  return {
    resource: document.resource,
    problem: `${place} lets ${party.shown} do ${actions} on ${target.shown}, which the role matrix withholds${held}`,
  };
}

/** Whoever reads a value decrypts it too. */
function holdsBack(party: Party, workspace: StackWorkspace, target: Target): boolean {
  if (isHeldBack(party, workspace, target)) return true;
  const decrypt = matrixActions.find(({ action }) => action === "kms:Decrypt") as MatrixAction;
  const reads = target.request.action === "secretsmanager:GetSecretValue";
  return reads && targetsOf(decrypt, workspace, {}).every((key) => isHeldBack(party, workspace, key));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
