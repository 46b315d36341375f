import { type PolicyText, readDocument, type Statement } from "./document";

/** All policies that have a say; organization policies and session policies are not known here. */
export interface Policies {
  /** The account that the resource is in. */
  accountId: string;
  /** The documents of whoever asks. */
  identity: readonly PolicyText[];
  boundary?: PolicyText;
  /** The resource's own policy, where it is no key. */
  resource?: PolicyText;
  /** The policy of the KMS key: every key has one. */
  key?: PolicyText;
}

export type PolicyKind = "identity" | "boundary" | "resource" | "key";

/** Which statement: its policy, and the places of the document and the statement in it, from 0. */
export interface StatementPlace {
  policy: PolicyKind;
  document: number;
  /** Absent where the document as a whole is in doubt. */
  statement?: number;
  sid?: string;
}

/** A statement and where it stands; without one, why its document can't be judged. */
export type PlacedStatement = { place: StatementPlace } & ({ statement: Statement } | { why: string });

export function readPolicies(policies: Policies): Record<PolicyKind, PlacedStatement[]> {
  return {
    identity: policies.identity.flatMap((text, index) => placed("identity", text, index)),
    boundary: policies.boundary === undefined ? [] : placed("boundary", policies.boundary, 0),
    resource: policies.resource === undefined ? [] : placed("resource", policies.resource, 0),
    key: policies.key === undefined ? [noKeyPolicy] : placed("key", policies.key, 0),
  };
}

const noKeyPolicy: PlacedStatement = {
  place: { policy: "key", document: 0 },
  why: "none is given, and every key has one",
};

function placed(policy: PolicyKind, text: PolicyText, document: number): PlacedStatement[] {
  const statements = readDocument(text, policy === "identity" || policy === "boundary" ? "identity" : "resource");
  if (typeof statements === "string") return [{ place: { policy, document }, why: statements }];
  return statements.map((statement, index) => {
    const { sid } = statement;
    return { place: { policy, document, statement: index, ...(sid === undefined ? {} : { sid }) }, statement };
  });
}
