import { type Actor, isOf } from "./cast";
import { asCreated, type Circumstances, decideIn, hostile, layers } from "./circumstances";
import { expected } from "./expectation";
import {
  accountRequests,
  indirectRequests,
  keyRequests,
  logRequests,
  type Scope,
  secretRequests,
  usesOf,
} from "./requests";
import type { Decision, Request } from "./simulate";
import { managedKey, outsiders, type Stage, scopes, secretArn } from "./world";

/** One question to the documents. */
export interface Row {
  circumstances: Circumstances;
  actor: Actor;
  request: Request;
}

/** The full product: everybody, every action in every way that the documents tell apart, every scope. */
export async function product(stage: Stage): Promise<Row[]> {
  const requests = await requestsOn(scopes, stage);
  const { root, breakGlass, deployer } = outsiders;
  // What these may do with secrets is not for our documents to say, and no other than what the power user may.
  const onKeys = [root, breakGlass, deployer];
  const everybody = [...stage.own, ...stage.others].filter((actor) => !onKeys.includes(actor));
  return [...rowsIn(asCreated, everybody, requests), ...rowsIn(asCreated, onKeys, requests.filter(isOnKey))];
}

/** Enough scopes to tell every condition of a document from the next one. */
const telling = [
  "own",
  "own, untagged",
  "own, rotated",
  "own, rotated, untagged",
  "own, rotated replica",
  "other workspace",
  "other workspace, spoofed tag and function",
];

/** The same where others are hostile, and layer by layer. */
export async function weakened(stage: Stage): Promise<Row[]> {
  const requests = await requestsOn(
    scopes.filter(({ name }) => telling.includes(name)),
    stage,
  );
  const [attached, byRole, bySession, all] = hostile as [Circumstances, Circumstances, Circumstances, Circumstances];
  const [allowing, denying, guard, keyAllowing, keyDenying, lockdown] = layers as [
    Circumstances,
    Circumstances,
    Circumstances,
    Circumstances,
    Circumstances,
    Circumstances,
  ];
  const { own, others } = stage;
  const onKeys = requests.filter(isOnKey);
  const onOwn = requests.filter(({ resource }) => resource === scopes[0]?.arn);
  const onValues = requests.filter(({ action }) => /(Get|Put)SecretValue$/.test(action));
  const writing = own.filter(isOf("member", "admin", "workload"));
  const users = [...own.filter((one) => !isOf("viewer")(one)), ...others.filter(isOf("outsider"))];
  return [
    ...rowsIn(allowing, own, requests),
    ...rowsIn(denying, own.filter(isOf("viewer", "member", "admin")), requests),
    ...rowsIn(guard, own.filter(isOf("owner", "workload")), requests),
    ...rowsIn(keyAllowing, users, onKeys),
    ...rowsIn(keyDenying, users, onKeys),
    ...rowsIn(lockdown, [...own, ...others], onOwn),
    ...rowsIn(attached, own.filter(isOf("member", "admin")), requests),
    ...rowsIn(byRole, own, onValues),
    ...rowsIn(bySession, own, onValues),
    ...rowsIn(all, writing, requests),
  ];
}

function rowsIn(circumstances: Circumstances, actors: readonly Actor[], requests: readonly Request[]): Row[] {
  return actors.flatMap((actor) => requests.map((request) => ({ circumstances, actor, request })));
}

export function isOnKey({ resource }: Request): boolean {
  return resource.includes(":kms:");
}

async function requestsOn(on: readonly Scope[], { world }: Stage): Promise<Request[]> {
  const [home, replica] = world.homes[0].keyArns as [string, string];
  const [foreign] = world.homes[1].keyArns as [string];
  const own = "vantedge/production/openai-api-key";
  const other = "vantedge/development/openai-dev-key";
  const uses = usesOf(secretArn(own), secretArn(other), "us-east-1");
  const inReplica = usesOf(secretArn(own, "eu-west-1"), secretArn(other, "eu-west-1"), "eu-west-1");
  return [
    ...(await secretRequests(on, world.homes)),
    ...(await accountRequests()),
    ...(await keyRequests(home, uses)),
    ...(await keyRequests(replica, inReplica.slice(0, 3))),
    ...(await keyRequests(foreign, uses)),
    ...(await keyRequests(managedKey, uses.slice(0, 2))),
    ...logRequests(),
    ...indirectRequests(),
  ];
}

/** One line for each row that is decided otherwise than the rules say. */
export async function disagreements(rows: readonly Row[], { world }: Stage): Promise<string[]> {
  const lines: string[] = [];
  for (const row of rows) {
    const wanted = expected(row.circumstances, row.actor, row.request, world);
    const actual = await decideIn(row.circumstances, row.actor, row.request, world.resources);
    if (actual !== wanted) lines.push(lineOf(row, wanted, actual));
  }
  return lines;
}

export function lineOf({ circumstances, actor, request }: Row, wanted: Decision, actual: Decision): string {
  const { action, resource, context } = request;
  const asked = [actor.name, action, resource, JSON.stringify(context), circumstances.name];
  return `${asked.join(" | ")}: expected ${wanted}, got ${actual}`;
}

/** The same question twice would count twice. */
export function repeated(rows: readonly Row[]): string[] {
  const seen = new Set<string>();
  return rows
    .map(({ circumstances, actor, request }) => JSON.stringify([circumstances.name, actor.name, request]))
    .filter((row) => seen.size === seen.add(row).size);
}
