import { runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import type { PolicyText } from "../../../components/aws/evaluator/document";
import type { Policies } from "../../../components/aws/evaluator/policies";
import type { AccessRequest } from "../../../components/aws/evaluator/request";
import type { Document } from "../documents";
import { checked } from "../simulate";

const decisions = {
  Allowed: "allowed",
  ExplicitlyDenied: "explicitlyDenied",
  ImplicitlyDenied: "implicitlyDenied",
} as const;

export type PeerDecision = (typeof decisions)[keyof typeof decisions];

/**
 * The same policies, and requests on them, decided by iam-simulate, which we did not write. A document that it finds
 * faulty, or a key that it would leave out, is an error: its decision would mean nothing.
 */
export function peer(policies: Policies): (request: AccessRequest) => Promise<PeerDecision> {
  const { identity, boundary, resource, key } = policies;
  const identityPolicies = identity.map((policy, index) => ({ name: `${index}`, policy: readable(policy) }));
  const permissionBoundaryPolicies =
    boundary === undefined ? undefined : [{ name: "boundary", policy: readable(boundary) }];
  const ownPolicy = resource === undefined ? undefined : readable(resource);
  const keyPolicy = key === undefined ? undefined : readable(key);
  return async ({ principal, action, resource: arn, context }) => {
    const outcome = await runSimulation(
      {
        request: {
          principal,
          action,
          resource: { resource: arn, accountId: policies.accountId },
          contextVariables: readable(context ?? {}) as Record<string, string | string[]>,
        },
        identityPolicies,
        permissionBoundaryPolicies,
        resourcePolicy: arn.includes(":secret:") ? ownPolicy : arn.includes(":key/") ? keyPolicy : undefined,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (outcome.resultType !== "single") throw new Error(`iam-simulate refuses it: ${JSON.stringify(outcome)}`);
    const ignored = outcome.result.ignoredContextKeys ?? [];
    if (ignored.length > 0) throw new Error(`iam-simulate ignores ${ignored.join(", ")} of ${action}`);
    return decisions[outcome.overallResult];
  };
}

/**
 * The same where the action, or a key of it, need not be one that AWS has, and for policies of identities and keys only.
 * What every request has is given.
 */
export function peerOfAny({ accountId, identity, key }: Policies): (request: AccessRequest) => PeerDecision {
  const identityPolicies = identity.map((policy, index) => ({
    name: `${index}`,
    policy: checked(documentOf(policy), "identity"),
  }));
  const keyPolicy = key === undefined ? undefined : checked(documentOf(key), "resource");
  return ({ principal, action, resource, context }) => {
    const account = principal.split(":")[4] as string;
    const implied = {
      "aws:PrincipalArn": principal,
      "aws:PrincipalAccount": account,
      "aws:ResourceAccount": accountId,
      "kms:CallerAccount": account,
    };
    const request = {
      principal,
      action,
      resource: { resource, accountId },
      contextVariables: readable({ ...implied, ...context }) as Record<string, string | string[]>,
    };
    const own = resource.includes(":key/") ? { resourcePolicy: keyPolicy } : {};
    const simulation = { request, identityPolicies, ...own, serviceControlPolicies: [], resourceControlPolicies: [] };
    return decisions[runUnsafeSimulation(simulation, {})];
  };
}

/**
 * It leaves out the encryption context's keys, whose variable part follows a colon: under the name of a tag, whose
 * variable part follows a slash, it compares them.
 */
function readable(part: string | object): object {
  const json = typeof part === "string" ? part : JSON.stringify(part);
  return JSON.parse(json.replace(/kms:EncryptionContext:/gi, "aws:PrincipalTag/ec-"));
}

function documentOf(text: PolicyText): Document {
  return (typeof text === "string" ? JSON.parse(text) : text) as Document;
}
