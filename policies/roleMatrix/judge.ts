import { evaluator } from "../../components/aws/evaluator/evaluator";
import type { StatementPlace } from "../../components/aws/evaluator/policies";
import { keyDocument } from "../../components/aws/iam";
import { atWorst } from "./atWorst";
import type { Document } from "./holders";
import type { Party } from "./parties";
import type { Target } from "./requests";
import type { StackWorkspace } from "./workspaces";

/** Every key that leaves all to IAM: what the identity's documents allow by themselves shows. */
const leavesItToIam = (accountId: string) => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
  ],
});

/** Where the statements stand that allow a request. */
export interface Grant {
  document: Document;
  /** From 0; undefined where the whole document is in doubt. */
  statement: number | undefined;
}

/** What documents allow by themselves, whatever else denies it. */
export function grantsOf(party: Party, { scope }: StackWorkspace): (target: Target) => Grant | undefined {
  const documents = party.foreign.flatMap((document) => {
    const text = document.text === undefined ? undefined : atWorst(document.text);
    return text === undefined ? [] : [{ document, text }];
  });
  if (documents.length === 0) return () => undefined;
  const { accountId } = scope;
  const identity = documents.map(({ text }) => text);
  const decide = evaluator({ accountId, identity, key: leavesItToIam(accountId) });
  return ({ request }) => {
    const { decision, by } = decide({ ...request, principal: party.arn });
    const place = by.find(({ policy }) => policy === "identity");
    const grant = place && grantAt(place, documents);
    if (decision === "allowed") return grant;
    // What can't be decided counts, unless it hangs on a variable such as the user's own name.
    return decision === "unknown" && grant !== undefined && !hasVariable(grant) ? grant : undefined;
  };
}

function hasVariable({ document: { text } }: Grant): boolean {
  return (typeof text === "string" ? text : JSON.stringify(text ?? "")).includes("${");
}

function grantAt({ document, statement }: StatementPlace, documents: { document: Document }[]): Grant {
  return { document: (documents[document] as { document: Document }).document, statement };
}

/** Whether AWS would allow it, with all that the workspace gives and denies. */
export function isHeldBack(party: Party, workspace: StackWorkspace, { request }: Target): boolean {
  const { scope, access } = workspace;
  const identity = [...(party.home?.documents ?? []), ...party.foreign].flatMap(({ text }) => text ?? []);
  const key = keyDocument(scope, access.memberKms, {}, []);
  const { decision } = evaluator({ accountId: scope.accountId, identity, key })({ ...request, principal: party.arn });
  return decision !== "allowed";
}
