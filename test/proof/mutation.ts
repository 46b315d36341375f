import type { Actor } from "./cast";
import { decideIn } from "./circumstances";
import type { Document, RecordedKey, ResourcePolicies } from "./documents";
import { expected } from "./expectation";
import { type Mutant, mutantsOf } from "./mutants";
import type { Row } from "./rows";
import type { Stage } from "./world";

/** A document that is mutated, and how a faulty one takes its place. */
export interface Subject {
  name: string;
  document: Document;
  /** Whether a fault in what the document allows or denies could be told by a row. */
  concerns(row: Row, effect: string): boolean;
  put(faulty: Document, stage: Stage, actor: Actor): { actor: Actor; resources: ResourcePolicies };
}

/** The documents of every role, the guard that all share, the key's policy and a lockdown. */
export function subjectsOf(stage: Stage): Subject[] {
  const { world, own } = stage;
  const access = own.flatMap((role) => role.access.map((document) => accessOf(role, document)));
  const guards = new Map(own.flatMap(({ guard }) => guard).map((document) => [JSON.stringify(document), document]));
  const { keys, secretPolicies } = world.resources;
  const [key] = keys as [RecordedKey];
  const [lockdown] = Object.entries(secretPolicies) as [[string, Document]];
  return [
    ...access,
    ...[...guards.values()].map((document) => guardOf(own, document)),
    keyPolicyOf(key.policy, keys),
    lockdownOf(...lockdown),
  ];
}

function accessOf(role: Actor, document: Document): Subject {
  return {
    name: `rights of ${role.kind}`,
    document,
    concerns: ({ actor, circumstances: { access } }, effect) =>
      actor === role && (access === "whole" || access === (effect === "Allow" ? "allowing" : "denying")),
    put: (faulty, { world }, actor) => ({
      actor: { ...actor, access: actor.access.map((one) => (one === document ? faulty : one)) },
      resources: world.resources,
    }),
  };
}

function guardOf(own: readonly Actor[], document: Document): Subject {
  const same = (one: Document) => JSON.stringify(one) === JSON.stringify(document);
  const guarded = own.filter(({ guard }) => guard.some(same));
  return {
    name: `guard of ${guarded.map(({ kind }) => kind).join(", ")}`,
    document,
    concerns: ({ actor, circumstances }) => circumstances.guard === "there" && guarded.includes(actor),
    put: (faulty, { world }, actor) => ({
      actor: { ...actor, guard: actor.guard.map((one) => (same(one) ? faulty : one)) },
      resources: world.resources,
    }),
  };
}

/** The keys of a workspace have the same policy in each region. */
function keyPolicyOf(policy: Document, keys: readonly RecordedKey[]): Subject {
  const same = (key: RecordedKey) => JSON.stringify(key.policy) === JSON.stringify(policy);
  const arns = keys.filter(same).map(({ arn }) => arn);
  return {
    name: "policy of the key",
    document: policy,
    concerns: ({ request, circumstances: { key } }, effect) =>
      arns.includes(request.resource) && (key === "whole" || key === (effect === "Allow" ? "allowing" : "opened")),
    put: (faulty, { world }, actor) => ({
      actor,
      resources: { ...world.resources, keys: keys.map((key) => (same(key) ? { ...key, policy: faulty } : key)) },
    }),
  };
}

function lockdownOf(arn: string, document: Document): Subject {
  return {
    name: "lockdown",
    document,
    concerns: ({ circumstances }) => circumstances.secretPolicy === "lockdown",
    put: (faulty, { world }, actor) => ({
      actor,
      resources: { ...world.resources, secretPolicies: { ...world.resources.secretPolicies, [arn]: faulty } },
    }),
  };
}

/**
 * The names of the mutants by which no decision is another. Rows that told an earlier fault are asked first: a fault is
 * told by few rows, and often by the same.
 */
export async function survivors(subject: Subject, rows: readonly Row[], stage: Stage): Promise<Survey> {
  let order = rows;
  const mutants = mutantsOf(subject.document);
  const alive: string[] = [];
  let asked = 0;
  for (const mutant of mutants) {
    const affected = order.filter(
      (row) => subject.concerns(row, mutant.effect) && mutant.actions.some((one) => names(one, row.request.action)),
    );
    let telling: Row | undefined;
    for (const row of affected) {
      asked += 1;
      if (await tells(row, mutant, subject, stage)) {
        telling = row;
        break;
      }
    }
    if (telling === undefined) alive.push(`${subject.name}: ${mutant.name}`);
    else order = [telling, ...order.filter((row) => row !== telling)];
  }
  return { mutants: mutants.length, asked, alive };
}

export interface Survey {
  mutants: number;
  asked: number;
  alive: string[];
}

async function tells({ circumstances, actor, request }: Row, { document }: Mutant, subject: Subject, stage: Stage) {
  const { actor: faulty, resources } = subject.put(document, stage, actor);
  const decided = await decideIn(circumstances, faulty, request, resources);
  return decided !== expected(circumstances, actor, request, stage.world);
}

function names(pattern: string, action: string): boolean {
  const expression = pattern.replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(action);
}
