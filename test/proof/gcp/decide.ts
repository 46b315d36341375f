import { celEnv, parse, plan } from "@bufbuild/cel";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { deniedName, type Level, levelOf, predefinedRoles } from "./permissions";
import type { Binding, DenyRule, Recorded } from "./recorded";

export type Decision = "Allow" | "Deny";

export interface Project {
  id: string;
  number: string;
}

/** Where a secret is, or a project alone. */
export interface Place {
  project: Project;
  location?: string;
  secretId?: string;
}

/** Someone who calls Google: itself and the groups that it is in, as members of allow policies. */
export interface Caller {
  members: readonly string[];
}

export interface Request {
  permission: string;
  place: Place;
  time: Date;
}

/** Decided as IAM does: what a deny policy denies is denied, and else what any binding allows is allowed. */
export function decide(caller: Caller, request: Request, recorded: Recorded): Decision {
  const resource = resourceOf(request);
  if (isDenied(caller, request, recorded)) return "Deny";
  const allowing = recorded.bindings.some(
    (binding) =>
      names(binding.member, caller) &&
      covers(binding, request) &&
      permissionsOf(binding.role, recorded).includes(request.permission) &&
      holds(binding.condition, resource, request.time),
  );
  return allowing ? "Allow" : "Deny";
}

/** What a condition sees: https://cloud.google.com/iam/docs/conditions-resource-attributes#resource-name */
interface Resource {
  type: string;
  service: string;
  name: string;
}

const secretManager = "secretmanager.googleapis.com";
const resourceManager = "cloudresourcemanager.googleapis.com";

/** A project has its number in names. */
function resourceOf({ permission, place }: Request): Resource {
  const { project, location, secretId } = place;
  const level = levelOf(permission);
  const ofProject = `projects/${project.number}`;
  if (level === "project") return { type: `${resourceManager}/Project`, service: resourceManager, name: ofProject };
  if (secretId === undefined)
    throw new Error(`${permission} is asked of a secret, and the place is project ${project.id}`);
  const secret = `${ofProject}/${location === undefined ? "" : `locations/${location}/`}secrets/${secretId}`;
  const ofLevel: Record<Exclude<Level, "project">, [type: string, name: string]> = {
    secret: ["Secret", secret],
    version: ["SecretVersion", `${secret}/versions/1`],
  };
  const [type, name] = ofLevel[level];
  return { type: `${secretManager}/${type}`, service: secretManager, name };
}

function names(member: string, { members }: Caller): boolean {
  return member === "allUsers" || member === "allAuthenticatedUsers" || members.includes(member);
}

/** A project's bindings are those of all its secrets too; a secret's are of nothing else. */
function covers({ project, secret }: Binding, { permission, place }: Request): boolean {
  if (project !== place.project.id) return false;
  if (secret === undefined) return true;
  return levelOf(permission) !== "project" && secret.id === place.secretId && secret.location === place.location;
}

function permissionsOf(role: string, { roles }: Recorded): readonly string[] {
  const found = roles[role] ?? predefinedRoles[role];
  if (found === undefined)
    throw new Error(`role ${role}: neither made by the program nor among the roles of Google that the proof knows`);
  return found;
}

type Condition = (resource: Resource, time: Date) => boolean;
const conditions = new Map<string, Condition>();

/** Decided by a CEL library that we did not write. What can't be decided grants nothing, as with Google. */
function holds(expression: string | undefined, resource: Resource, time: Date): boolean {
  if (expression === undefined) return true;
  const known = conditions.get(expression) ?? conditionOf(expression);
  conditions.set(expression, known);
  return known(resource, time);
}

function conditionOf(expression: string): Condition {
  const decideCondition = plan(celEnv(), parse(expression));
  return ({ type, service, name }, time) => {
    const resource = new Map([
      ["type", type],
      ["service", service],
      ["name", name],
    ]);
    return decideCondition({ resource, request: new Map([["time", timestampFromDate(time)]]) }) === true;
  };
}

function isDenied(caller: Caller, { permission, place }: Request, { denials }: Recorded): boolean {
  const rules = denials.filter(({ project }) => project === place.project.id).flatMap((denial) => denial.rules);
  const identities = caller.members.map(deniedIdentity);
  const isAmong = (principals: readonly string[]) => principals.some((one) => isMeant(one, identities));
  return rules.some(
    ({ denied, permissions, excepted }: DenyRule) =>
      permissions.includes(deniedName(permission)) && isAmong(denied) && !isAmong(excepted),
  );
}

/** Whether a principal of a deny policy is one of a caller's identities, or a set with it. */
function isMeant(principal: string, identities: readonly string[]): boolean {
  if (principal === "principalSet://goog/public:all") return true;
  if (identities.includes(principal)) return true;
  const pool =
    /^principalSet:(\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\/[^/]+\/)\*$/;
  const ofPool = pool.exec(principal)?.[1];
  return ofPool !== undefined && identities.some((identity) => identity.startsWith(`principal:${ofPool}subject/`));
}

/** https://cloud.google.com/iam/docs/principal-identifiers: allow and deny policies write the same one differently. */
function deniedIdentity(member: string): string {
  const email = member.slice(member.indexOf(":") + 1);
  switch (member.slice(0, member.indexOf(":"))) {
    case "user":
      return `principal://goog/subject/${email}`;
    case "group":
      return `principalSet://goog/group/${email}`;
    case "serviceAccount":
      return `principal://iam.googleapis.com/projects/-/serviceAccounts/${email}`;
    default:
      return member;
  }
}
