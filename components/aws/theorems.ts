import { MemberKms } from "../access";
import { InputError } from "../errors";
import { fill } from "../placeholders";
import type { RoleName } from "../roles";
import type { AccessRequest } from "./evaluator/request";
import { type Access, placeholders, type WorkspaceScope } from "./iam";
import theorems from "./policies/theorems.json";
import { prove } from "./prover/prover";
import type { Question } from "./prover/question";

/** A promise of access, as the question whether a request exists that breaks it. */
export interface Theorem extends Question {
  id: string;
  promise: string;
  /** Of whom it is promised. An outsider is a role of the account that is not the workspace's. */
  who: readonly (RoleName | "workload" | "rotator" | "deployer" | "outsider")[];
  /** Which documents keep it. */
  layers: string;
  /** `rights`: what allows is asked alone, without the denials beside it. */
  documents?: "rights";
  /** The setting of a workspace that takes the promise back. */
  unless?: "adopt" | "via-service";
  /** What AWS is taken to do, where the promise rests on it. */
  assumes?: string;
}

/**
 * The table (policies/theorems.json), with the workspace's names and keys in it.
 *
 * @param readers whom the key's policy lets decrypt
 */
export function theoremsOf(
  scope: WorkspaceScope,
  { keyArns, memberKms }: Pick<Access, "keyArns" | "memberKms">,
  readers: readonly string[] = [],
): Theorem[] {
  const isTakenBack = { adopt: scope.adopted.length > 0, "via-service": memberKms === MemberKms.ViaService };
  const promised = (theorems as unknown as Theorem[]).filter(
    ({ unless }) => unless === undefined || !isTakenBack[unless],
  );
  return fill(promised, { ...placeholders(scope, keyArns), readers });
}

interface Document {
  Version: string;
  Statement: { Effect: string }[];
}

/** The statements that allow, in a document of their own; none where there is none. */
export function rights(text: string): string[] {
  const { Version, Statement } = JSON.parse(text) as Document;
  const allowing = Statement.filter(({ Effect }) => Effect === "Allow");
  return allowing.length === 0 ? [] : [JSON.stringify({ Version, Statement: allowing })];
}

/** A key that keeps nobody out: what is proved beside it rests on the documents of who asks. */
export function openKey(accountId: string): string {
  const Principal = { AWS: `arn:aws:iam::${accountId}:root` };
  const Statement = [{ Sid: "Open", Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** A role and what it carries. */
export interface Proven {
  role: Theorem["who"][number];
  arn: string;
  documents: readonly string[];
}

/**
 * Refuses documents that break a promise, before they are made: a fault of this package, told with the request that shows
 * it. What can't be decided is not refused.
 */
export function refuseBroken({ role, arn, documents }: Proven, scope: WorkspaceScope, access: Access): void {
  const { accountId, workspace } = scope;
  const key = openKey(accountId);
  // The prover reads the same policies once, whatever is asked of them.
  const whole = { accountId, identity: documents, key };
  const alone = { accountId, identity: documents.flatMap(rights), key };
  const broken = theoremsOf(scope, access).flatMap((theorem): string[] => {
    if (!theorem.who.includes(role)) return [];
    const proof = prove(theorem.documents === "rights" ? alone : whole, arn, theorem);
    if (proof.answer !== "counterExample") return [];
    return [
      `Workspace "${workspace}": a fault of vantedge-secrets: the documents of ${role} break the promise "${theorem.promise}" ` +
        `by ${toldOf(proof.request)}: report this, and stay with the release before`,
    ];
  });
  if (broken.length > 0) throw new InputError(broken);
}

function toldOf({ action, resource, context }: AccessRequest): string {
  return `${action} on ${resource} with ${JSON.stringify(context)}`;
}
