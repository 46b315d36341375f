import { accessStatements, isolationStatements, roleArn, roleName } from "../../components/aws/iam";
import { policyDocument } from "../../components/aws/policyDocument";
import { allows, type Permission, type RoleName, roleNames } from "../../components/roles";
import type { Stack } from "../stack";
import { isSet } from "../value";
import { type Document, type Holder, holdersOf } from "./holders";
import { makerOf, ownerOf } from "./owners";
import type { StackWorkspace } from "./workspaces";

/** Somebody of the stack, as a workspace sees them. */
export interface Party {
  holder: Holder;
  /** For a message: `member of workspace "production"`. */
  shown: string;
  /** What the principal's ARN is, or would be. */
  arn: string;
  /** Documents that no component of ours made. */
  foreign: Document[];
  /** What this party may do in a workspace. */
  may(permission: Permission, workspace: StackWorkspace): boolean;
  /** A role of a workspace or a reader is kept to the matrix in all; of anybody else, reading alone is of interest. */
  isOurs: boolean;
  /** The workspace whose role it is, and what that gives it and denies it. */
  home?: { workspace: StackWorkspace; documents: Document[] };
}

export function partiesOf(stack: Stack, workspaces: readonly StackWorkspace[]): Party[] {
  return holdersOf(stack).map((holder) => {
    const added = holder.documents.filter(({ resource }) => makerOf(resource) === undefined);
    for (const workspace of workspaces) {
      const role = roleIn(holder, workspace);
      if (role !== undefined) return partyOfRole(holder, added, role, workspace);
    }
    const maker = holder.resource && ownerOf(holder.resource);
    const shown = maker === undefined ? shownOf(holder) : `the role of ${maker.type} "${maker.name}"`;
    const isReader = maker !== undefined;
    // A boundary may keep others from all of it: what it allows is not looked at.
    const isLimited = !isReader && isSet(holder.resource?.values.permissionsBoundary);
    const foreign = isLimited ? [] : added.filter((document) => isReader || !isGivenOut(document, workspaces));
    return { holder, shown, arn: arnOfHolder(holder, workspaces), foreign, may: () => false, isOurs: isReader };
  });
}

function partyOfRole(holder: Holder, foreign: Document[], role: RoleName, own: StackWorkspace): Party {
  return {
    holder,
    shown: `${role} of workspace "${own.scope.workspace}"`,
    arn: roleArn(own.scope, role),
    foreign,
    may: (permission, workspace) => workspace === own && allows(role, permission),
    isOurs: true,
    home: { workspace: own, documents: ownDocuments(holder, role, own) },
  };
}

/**
 * The role of a workspace's own, by its name; and a role that existed before, by what the workspace attaches to it:
 * components/aws/roles.ts.
 */
function roleIn(holder: Holder, { resource, scope }: StackWorkspace): RoleName | undefined {
  if (holder.kind !== "role") return undefined;
  return roleNames.find((role) => {
    if (holder.name === roleName(scope.workspace, role)) return true;
    const attached = new RegExp(`^${role}-(access|isolation)(-\\d+)?$`);
    return holder.documents.some(
      (document) =>
        makerOf(document.resource) === resource &&
        document.resource.name.startsWith(`${resource.name}-`) &&
        attached.test(document.resource.name.slice(resource.name.length + 1)),
    );
  });
}

/** As the workspace made them; before its key has an ARN, as it will make them. */
function ownDocuments(holder: Holder, role: RoleName, { resource, scope, access }: StackWorkspace): Document[] {
  const made = holder.documents.filter((document) => makerOf(document.resource) === resource);
  if (made.length > 0 && made.every(({ text }) => text !== undefined)) return made;
  const statements = [...accessStatements(role, scope, access), ...isolationStatements(scope, access.keyArns)];
  return [{ resource, path: "policy", text: policyDocument(statements) }];
}

/** What a workspace gives out to be attached: to deployers, and for emergencies. */
function isGivenOut({ text }: Document, workspaces: readonly StackWorkspace[]): boolean {
  return (
    typeof text === "string" &&
    workspaces.some(({ resource: { values } }) => [values.deployerPolicy, values.breakGlassPolicy].includes(text))
  );
}

function shownOf({ kind, resource, name }: Holder): string {
  return resource === undefined ? `a ${kind} that this stack names` : `the ${kind} "${resource.name ?? name}"`;
}

/** Names that AWS will make up are taken to be like none. */
function arnOfHolder({ kind, resource, name }: Holder, workspaces: readonly StackWorkspace[]): string {
  const { accountId } = (workspaces[0] as StackWorkspace).scope;
  const path = resource?.values.path;
  const given = /^[\w+=,.@-]+$/.test(name) ? name : "not-named-yet";
  // Policies of a group are its users'.
  return `arn:aws:iam::${accountId}:${kind === "role" ? "role" : "user"}${typeof path === "string" ? path : "/"}${given}`;
}
