import { gcpAnswers } from "../../support/gke";
import { type Calls, type Registered, run } from "../../support/mocks";

/** A member's role on a project or on a secret. */
export interface Binding {
  role: string;
  member: string;
  condition?: string;
  project: string;
  /** Undefined where it is on the project. */
  secret?: { location?: string; id: string };
}

/** A rule of a deny policy: https://cloud.google.com/iam/docs/deny-overview#deny-rules */
export interface DenyRule {
  denied: string[];
  permissions: string[];
  excepted: string[];
}

export interface Denial {
  project: string;
  rules: DenyRule[];
}

/** What a program asked Google for that decides access. */
export interface Recorded {
  bindings: Binding[];
  /** The permissions of custom roles, by the role's full name. */
  roles: Record<string, string[]>;
  denials: Denial[];
}

type Inputs = Record<string, unknown>;

/** The kinds of resource that give or take rights on secrets, and what is read of them. */
const read: Record<string, (inputs: Inputs, recorded: Recorded) => void> = {
  "gcp:projects/iAMMember:IAMMember": (inputs, { bindings }) => {
    bindings.push(bindingOf(inputs));
  },
  "gcp:secretmanager/secretIamMember:SecretIamMember": (inputs, { bindings }) => {
    bindings.push({ ...bindingOf(inputs), secret: { id: inputs.secretId as string } });
  },
  "gcp:secretmanager/regionalSecretIamMember:RegionalSecretIamMember": (inputs, { bindings }) => {
    bindings.push({
      ...bindingOf(inputs),
      secret: { location: inputs.location as string, id: inputs.secretId as string },
    });
  },
  "gcp:projects/iAMCustomRole:IAMCustomRole": ({ project, roleId, permissions }, { roles }) => {
    roles[`projects/${project}/roles/${roleId}`] = permissions as string[];
  },
  "gcp:organizations/iAMCustomRole:IAMCustomRole": ({ orgId, roleId, permissions }, { roles }) => {
    roles[`organizations/${orgId}/roles/${roleId}`] = permissions as string[];
  },
  "gcp:iam/denyPolicy:DenyPolicy": (inputs, { denials }) => {
    denials.push(denialOf(inputs));
  },
};

/** Other kinds that have rights in them, and give none on secrets: who is audited, and who writes logs into a bucket. */
const ofOthers = ["gcp:projects/iAMAuditConfig:IAMAuditConfig", "gcp:storage/bucketIAMMember:BucketIAMMember"];

/** Runs a program against mocks: its bindings are those that the components really create. */
export async function record(program: () => unknown, calls: Calls = gcpAnswers): Promise<Recorded> {
  const { resources } = await run(program, { calls });
  return readAll(resources);
}

function readAll(resources: readonly Registered[]): Recorded {
  const recorded: Recorded = { bindings: [], roles: {}, denials: [] };
  for (const { type, inputs } of resources) {
    // A kind that is not read could grant what is not seen.
    if (/^gcp:.*(iam|policy)/i.test(type) && !(type in read) && !ofOthers.includes(type) && !type.includes("alert")) {
      throw new Error(`the program makes a ${type}, and the proof does not know what it grants`);
    }
    read[type]?.(inputs, recorded);
  }
  return recorded;
}

function bindingOf({ role, member, project, condition }: Inputs): Binding {
  const plain = { role: role as string, member: member as string, project: project as string };
  return condition === undefined ? plain : { ...plain, condition: (condition as { expression: string }).expression };
}

interface DenyRuleInputs {
  denyRule: { deniedPrincipals: string[]; deniedPermissions: string[]; exceptionPrincipals?: string[] };
}

function denialOf({ parent, rules }: Inputs): Denial {
  const [service, kind, project] = decodeURIComponent(parent as string).split("/") as [string, string, string];
  if (service !== "cloudresourcemanager.googleapis.com" || kind !== "projects") {
    throw new Error(`a deny policy on ${parent}, and the proof knows those on projects`);
  }
  return {
    project,
    rules: (rules as DenyRuleInputs[]).map(({ denyRule }) => denyRuleOf(denyRule)),
  };
}

function denyRuleOf(rule: DenyRuleInputs["denyRule"]): DenyRule {
  const { deniedPrincipals, deniedPermissions, exceptionPrincipals = [], ...more } = rule;
  if (Object.keys(more).length > 0)
    throw new Error(`a deny rule has ${Object.keys(more)}, which the proof can't decide`);
  return { denied: deniedPrincipals, permissions: deniedPermissions, excepted: exceptionPrincipals };
}
