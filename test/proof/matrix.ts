import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { Listing } from "../../index";
import { type Actor, type Home, rolesOf } from "./cast";
import { asCreated, type Circumstances, decideIn } from "./circumstances";
import type { Recorded } from "./documents";
import type { Context, Decision, Request } from "./simulate";
import { homeOf, managedKey, outsiders, recordWorkspaces } from "./world";

/** A row of the matrix as it stands in the file. */
export interface MatrixRow {
  role: string;
  action: string;
  resource_scope: string;
  condition_context: string;
  expected: Decision;
  why: string;
}

interface Fixtures {
  tagKey: string;
  scopes: Record<string, { arn: string; tag?: string; key?: string }>;
}

export const folder = path.resolve(__dirname, "../fixtures/matrix");

export const matrix: MatrixRow[] = parse(readFileSync(path.join(folder, "aws.csv")), { columns: true });
const fixtures = JSON.parse(readFileSync(path.join(folder, "aws-fixtures.json"), "utf8")) as Fixtures;

/** Scopes that rows name and the fixtures do not. */
const moreScopes: Fixtures["scopes"] = {
  "role-rotation": { arn: "arn:aws:iam::111122223333:role/vantedge/production/rotation/vantedge-production-rotator" },
};

/** What the pseudo-keys of the matrix stand for; the rest of a row's context is the request's own. */
const pseudoKeys = ["listMode", "extraIdentityPolicy", "resourcePolicy"];
const listings: Record<string, Listing> = { strict: Listing.None, account: Listing.Account };
const secretPolicies: Record<string, Circumstances["secretPolicy"]> = {
  "allow-role": "allows the role",
  "allow-session": "allows the session",
  lockdown: "lockdown",
};

/** The matrix's two workspaces, for each way to list. */
export type Books = Map<Listing, Recorded>;

export async function open(): Promise<Books> {
  const books: Books = new Map();
  for (const listing of Object.values(listings)) {
    books.set(listing, await recordWorkspaces(["production", "development"], { regions: ["us-east-1"], listing }));
  }
  return books;
}

export async function decideRow(row: MatrixRow, books: Books): Promise<Decision> {
  const context = contextOf(row);
  const listing = listings[String(context.listMode ?? "account")];
  const recorded = books.get(listing as Listing);
  if (recorded === undefined)
    throw new Error(`listMode=${context.listMode}: known are ${Object.keys(listings).join(", ")}`);
  const circumstances: Circumstances = {
    ...asCreated,
    attached: context.extraIdentityPolicy !== undefined,
    secretPolicy: secretPolicyOf(context),
  };
  return decideIn(circumstances, actorOf(row, recorded), requestOf(row, context, recorded), recorded);
}

function secretPolicyOf({ resourcePolicy }: Context): Circumstances["secretPolicy"] {
  if (resourcePolicy === undefined) return "none";
  const policy = secretPolicies[String(resourcePolicy)];
  if (policy === undefined)
    throw new Error(`resourcePolicy=${resourcePolicy}: known are ${Object.keys(secretPolicies).join(", ")}`);
  return policy;
}

function requestOf({ action, resource_scope }: MatrixRow, context: Context, { keys }: Recorded): Request {
  const scope = fixtures.scopes[resource_scope] ?? moreScopes[resource_scope];
  if (scope === undefined) throw new Error(`scope ${resource_scope}: not in aws-fixtures.json`);
  const asked = Object.entries(context).filter(([key]) => !pseudoKeys.includes(key));
  const isStored = action.startsWith("secretsmanager:") && action !== "secretsmanager:CreateSecret";
  const tags = isStored && scope.tag !== undefined ? { [`aws:ResourceTag/${fixtures.tagKey}`]: scope.tag } : {};
  const recorded = (text: string) => recordedArn(text, keys);
  return {
    action,
    resource: recorded(scope.arn),
    context: {
      ...tags,
      ...Object.fromEntries(asked.map(([key, value]) => [key, Array.isArray(value) ? value : recorded(value)])),
    },
  };
}

function contextOf({ condition_context }: MatrixRow): Context {
  if (condition_context === "-") return {};
  const entries = condition_context.split(";").map((pair) => {
    const [key, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    return [key, value.includes("|") ? value.split("|") : value];
  });
  return Object.fromEntries(entries);
}

/** The matrix's keys stand for those that the components make. */
function recordedArn(arn: string, keys: Recorded["keys"]): string {
  const scope = Object.values(fixtures.scopes).find((one) => one.arn === arn && one.key !== undefined);
  if (scope === undefined) return arn;
  if (scope.key === "managed") return managedKey;
  const key = keys.find(({ workspace }) => workspace === scope.key);
  if (key === undefined) throw new Error(`no key was made for workspace ${scope.key}`);
  return key.arn;
}

function actorOf({ role }: MatrixRow, recorded: Recorded): Actor {
  const [production, development] = ["production", "development"].map((name) =>
    rolesOf(recorded, homeOf(name, recorded, ["us-east-1"]) as Home),
  ) as [Actor[], Actor[]];
  const other = role.startsWith("other-ws-");
  const kind = role.slice(other ? "other-ws-".length : 0);
  const found =
    role === "account-poweruser"
      ? outsiders.powerUser
      : (other ? development : production).find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`role ${role}: the components make no such principal`);
  return found;
}
