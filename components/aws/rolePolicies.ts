import { Listing } from "../access";
import type { WorkspaceSpec } from "../backend";
import type { RoleName } from "../roles";
import {
  type Access,
  accessStatements,
  adoptedStatements,
  isolationStatements,
  partitionOf,
  type WorkspaceScope,
} from "./iam";
import { policyDocument, type Statement } from "./policyDocument";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, in characters without white space. */
export const quotas = { inlineOfRole: 10_240, managedPolicy: 6_144, managedOfRole: 10, trustPolicy: 2_048 } as const;

/** Which statements of a role, by Sid, stand in which policy. */
export interface PolicyLayout {
  /** Inline policies by name. */
  inline: Record<string, string[]>;
  /** Customer-managed policies, in order. */
  managed: string[][];
}

/**
 * A role's rights and its guard are inline where they fit: they are constant in the number of secrets. With many
 * regions, or adopted secrets, which are named one by one, they need more room: then the guard's exception, which can't
 * be cut in two, has nearly all that inline policies may hold, and the rest goes into managed policies, all other
 * denials into the first. One right stays inline, so that its policy is changed and not deleted on the way there
 * and back: Pulumi deletes last, and both would not fit beside each other.
 */
export function policyLayout(role: RoleName, spec: WorkspaceSpec, scope: WorkspaceScope): PolicyLayout {
  const { access, isolation, adopted } = roleStatements(role, scope, sizedAccess(spec, scope));
  const whole = { inline: { access: sids(access), isolation: sids(isolation) }, managed: [] };
  const inlineSize = size(documents(whole, { access, isolation, adopted }).inline);
  if (adopted.length === 0 && inlineSize <= quotas.inlineOfRole) return whole;

  const [kept, exception] = ["Describe", "IsoName"];
  const rest = [...isolation, ...access, ...adopted].filter(({ Sid }) => Sid !== kept && Sid !== exception);
  const denials = rest.filter(({ Effect }) => Effect === "Deny");
  const rights = rest.filter(({ Effect }) => Effect === "Allow");
  return {
    inline: { access: [kept], isolation: [exception] },
    managed: [...pack(denials), ...pack(rights)].map(sids),
  };
}

/** The documents of a role, as the layout distributes them. */
export function rolePolicies(
  role: RoleName,
  scope: WorkspaceScope,
  access: Access,
  layout: PolicyLayout,
): RolePolicies {
  return documents(layout, roleStatements(role, scope, access));
}

export interface RolePolicies {
  inline: Record<string, string>;
  managed: string[];
}

/** What is beyond a quota of IAM, in words; empty where all is well. */
export function beyondQuotas(role: RoleName, spec: WorkspaceSpec, scope: WorkspaceScope): string[] {
  const layout = policyLayout(role, spec, scope);
  const { inline, managed } = rolePolicies(role, scope, sizedAccess(spec, scope), layout);
  return [
    beyond("inline policies together", size(inline), "characters", quotas.inlineOfRole),
    beyond(
      "longest managed policy",
      Math.max(0, ...managed.map(({ length }) => length)),
      "characters",
      quotas.managedPolicy,
    ),
    beyond("role", managed.length, "managed policies", quotas.managedOfRole),
  ].flat();
}

function beyond(what: string, size: number, unit: string, limit: number): string[] {
  return size <= limit ? [] : [`the ${what} would have ${size} ${unit}, and IAM takes ${limit}`];
}

interface RoleStatements {
  access: Statement[];
  isolation: Statement[];
  adopted: Statement[];
}

function roleStatements(role: RoleName, scope: WorkspaceScope, access: Access): RoleStatements {
  return {
    access: accessStatements(role, scope, access),
    isolation: isolationStatements(scope, access.keyArns),
    adopted: adoptedStatements(role, scope, access),
  };
}

function documents({ inline, managed }: PolicyLayout, { access, isolation, adopted }: RoleStatements): RolePolicies {
  const bySid = new Map([...access, ...isolation, ...adopted].map((statement) => [statement.Sid, statement]));
  const document = (names: string[]) => policyDocument(names.map((sid) => bySid.get(sid) as Statement));
  return {
    inline: Object.fromEntries(Object.entries(inline).map(([name, names]) => [name, document(names)])),
    managed: managed.map(document),
  };
}

function sids(statements: readonly Statement[]): string[] {
  return statements.map(({ Sid }) => Sid);
}

function size(inline: Record<string, string>): number {
  return Object.values(inline).reduce((sum, { length }) => sum + length, 0);
}

/** Each statement goes into the first document that has room for it. */
function pack(statements: readonly Statement[]): Statement[][] {
  const packed: Statement[][] = [];
  for (const statement of statements) {
    const open = packed.find((document) => policyDocument([...document, statement]).length <= quotas.managedPolicy);
    if (open === undefined) packed.push([statement]);
    else open.push(statement);
  }
  return packed;
}

const uuid = "00000000-0000-0000-0000-000000000000";

/**
 * Before keys and views are made, what stands for them is as long as they will be: their ids are UUIDs. How many
 * policies a role gets must not hang on an Output (facts/pulumi-components.md c).
 */
function sizedAccess({ listing, memberKms }: WorkspaceSpec, scope: WorkspaceScope): Access {
  const [home] = scope.regions as [string];
  const arn = (service: string, region: string, resource: string) =>
    `arn:${partitionOf(home)}:${service}:${region}:${scope.accountId}:${resource}/${uuid}`;
  return {
    listing,
    memberKms,
    keyArns: scope.regions.map((region) => arn("kms", region, "key")),
    ...(listing === Listing.Explorer
      ? { viewArn: arn("resource-explorer-2", home, `view/vantedge-${scope.workspace}`) }
      : {}),
  };
}
