import type { Statement } from "../../components/aws/policyDocument";
import { accountId } from "../support/fixtures";
import { type Actor, type Kind, rolesOf } from "./cast";
import { asCreated, type Circumstances, decideIn } from "./circumstances";
import type { Document, Recorded, ResourcePolicies } from "./documents";
import { listMutantsOf } from "./listMutants";
import { mutantsOf } from "./mutants";
import { functionOf, usesOf } from "./requests";
import type { Context, Decision, Request } from "./simulate";
import { boundSecret, homeOf, recordWorkspaces, secretArn } from "./world";

const regions = ["us-east-1"];
const keyArn = (name: string) => `arn:aws:kms:us-east-1:${accountId}:key/${name}`;

/** One that the workload is bound to, and one that it is not. */
const [legacy, old] = [secretArn("legacy-db"), secretArn("old-db")];
const [legacyKey, oldKey, strangeKey, ownKey] = ["legacy", "old", "strange", "production-key"].map(keyArn) as [
  string,
  string,
  string,
  string,
];
const adopt = [
  { secretName: boundSecret, arn: legacy, keyArn: legacyKey },
  { secretName: "old-db", arn: old, keyArn: oldKey },
];

const own = secretArn("vantedge/production/stripe-api-key");
const unmanaged = secretArn("legacy-db-2");
const both = [legacy, old];
const bothKeys = [legacyKey, oldKey];

/** Either alone: what the documents allow, and what they deny of all that somebody else allows. */
const rights: Circumstances = { ...asCreated, access: "allowing", guard: "absent", key: "of AWS" };
const guard: Circumstances = { ...asCreated, access: "denying", attached: true, key: "of AWS" };

const marked = { "aws:ResourceTag/vantedge-workspace": "production" };
const foreign = { "aws:ResourceTag/vantedge-workspace": "development" };
const isPrivate = { ...marked, "secretsmanager:BlockPublicPolicy": "true" };

const [stored, validating, newSecret, , , , noSecret, direct, directValidating] = usesOf(
  legacy,
  old,
  "us-east-1",
) as Context[] as [Context, Context, Context, Context, Context, Context, Context, Context, Context];
const [ofOld] = usesOf(old, legacy, "us-east-1") as [Context];
const elsewhere = secretArn("legacy-db", "us-west-2");
const [ofElsewhere, validatingElsewhere] = usesOf(elsewhere, old, "us-east-1") as [Context, Context];
const variablesOf = (workspace: string): Context => ({
  ...noSecret,
  "kms:ViaService": "lambda.us-east-1.amazonaws.com",
  "kms:EncryptionContext:aws:lambda:FunctionArn": functionOf(workspace),
});
const [variables, foreignVariables] = [variablesOf("production"), variablesOf("development")];

const withKey = (arn: string) => ["Arn", "Id"].map((by) => ({ [`secretsmanager:KmsKey${by}`]: arn }));

const everyRole = "viewer member admin owner";
const writers = "member admin owner";
const readers = "admin owner";
const list = "DescribeSecret ListSecretVersionIds";
const write = "PutSecretValue GetResourcePolicy TagResource UntagResource DeleteSecret";
const read = "GetSecretValue RestoreSecret UpdateSecret UpdateSecretVersionStage CancelRotateSecret";
const govern = "PutResourcePolicy DeleteResourcePolicy ValidateResourcePolicy RotateSecret";
const everything =
  "AssociateCrossAccountReplica CancelRotateSecret CreateSecret DescribeSecret DeleteSecret GetResourcePolicy GetSecretValue " +
  "ListResourcePolicies ListSecretVersionIds PutSecretValue RestoreSecret StopReplicationToReplica TagResource UpdateSecret " +
  "ValidateResourcePolicy BatchCopySecrets BatchDeleteSecrets GetVisibility ListAliases ExportSecret FreezeSecret " +
  "HideSecret ImportSecret JoinSecrets KeepSecret MoveSecret NameSecret OpenSecret QuerySecret WatchSecret XraySecret YieldSecret " +
  "ZipSecret";
const crypto = "kms:Decrypt kms:Encrypt kms:GenerateDataKey kms:ReEncryptFrom kms:CreateGrant";

type Line = [by: Circumstances, who: string, what: string, on: string[], how: Context[], decided: Decision];

// biome-ignore format: a table
const table: Line[] = [
  [rights, everyRole,        list,                                 both,                [marked],                         "Allow"],
  [rights, writers,          write,                                both,                [marked],                         "Allow"],
  [rights, readers,          read,                                 both,                [marked],                         "Allow"],
  [rights, "owner",          "PutResourcePolicy",                  both,                [isPrivate],                      "Allow"],
  [rights, "owner",          "DeleteResourcePolicy RotateSecret",  both,                [marked],                         "Allow"],
  [rights, "owner",          "ValidateResourcePolicy",             both,                [marked],                         "Allow"],
  [rights, "workload",       "GetSecretValue DescribeSecret",      [legacy],            [marked],                         "Allow"],

  [rights, "viewer",         write,                                both,                [marked],                         "Deny"],
  [rights, "viewer member",  read,                                 both,                [marked],                         "Deny"],
  [rights, "member admin",   govern,                               both,                [marked],                         "Deny"],
  [rights, "workload",       `${write} ${read} ${list}`,           [old],               [marked],                         "Deny"],
  [rights, "workload",       write,                                [legacy],            [marked],                         "Deny"],
  [rights, everyRole,        list,                                 both,                [{}, foreign],                    "Deny"],
  [rights, writers,          write,                                both,                [{}, foreign],                    "Deny"],
  [rights, readers,          read,                                 both,                [{}, foreign],                    "Deny"],
  [rights, "owner",          govern,                               both,                [{}, foreign],                    "Deny"],
  [rights, "workload",       "GetSecretValue DescribeSecret",      [legacy],            [{}, foreign],                    "Deny"],
  [rights, `${everyRole} workload rotator`, `${list} ${write} ${read} ${govern}`, [unmanaged], [marked],                  "Deny"],

  [rights, writers,          "kms:GenerateDataKey",                bothKeys,            [stored, ofOld, validating, newSecret], "Allow"],
  [rights, writers,          "kms:GenerateDataKey",                bothKeys,            [direct, noSecret, ofElsewhere],  "Deny"],
  [rights, writers,          "kms:GenerateDataKey",                [strangeKey],        [stored, newSecret],              "Deny"],
  [rights, writers,          "kms:Decrypt",                        bothKeys,            [validating, newSecret],          "Allow"],
  [rights, writers,          "kms:Decrypt",                        bothKeys,            [directValidating, validatingElsewhere, noSecret], "Deny"],
  [rights, writers,          "kms:Decrypt",                        [strangeKey],        [validating, newSecret],          "Deny"],
  [rights, "member viewer",  "kms:Decrypt",                        bothKeys,            [stored, ofOld],                  "Deny"],
  [rights, readers,          "kms:Decrypt",                        bothKeys,            [stored, ofOld],                  "Allow"],
  [rights, readers,          "kms:Decrypt",                        bothKeys,            [direct, noSecret, ofElsewhere],  "Deny"],
  [rights, readers,          "kms:Decrypt",                        [strangeKey],        [stored],                         "Deny"],
  [rights, writers,          "kms:DescribeKey",                    bothKeys,            [{}],                             "Allow"],
  [rights, writers,          "kms:DescribeKey",                    [strangeKey],        [{}],                             "Deny"],
  [rights, "workload",       "kms:Decrypt",                        [legacyKey, ownKey], [stored],                         "Allow"],
  [rights, "workload",       "kms:Decrypt",                        [legacyKey, ownKey], [direct, ofOld, noSecret],        "Deny"],
  [rights, "workload",       "kms:Decrypt",                        [oldKey, strangeKey], [stored, ofOld],                 "Deny"],
  [rights, "viewer",         "kms:GenerateDataKey",                bothKeys,            [stored, newSecret],              "Deny"],

  [guard,  "owner rotator",  everything,                           [own, ...both],      [{}],                             "Allow"],
  [guard,  "workload",       everything,                           [own, legacy],       [{}],                             "Allow"],
  [guard,  "owner rotator",  everything,                           [unmanaged],         [{}],                             "Deny"],
  [guard,  "workload",       everything,                           [old, unmanaged],    [{}],                             "Deny"],
  [guard,  "owner rotator",  crypto,                               [ownKey, ...bothKeys], [stored],                       "Allow"],
  [guard,  "workload",       crypto,                               [ownKey, legacyKey], [stored],                         "Allow"],
  [guard,  "owner rotator",  crypto,                               [strangeKey],        [stored],                         "Deny"],
  [guard,  "workload",       crypto,                               [oldKey, strangeKey], [stored],                        "Deny"],
  [guard,  "rotator owner workload", "kms:Decrypt",                [strangeKey],        [variables],                      "Allow"],
  [guard,  "rotator owner workload", "kms:Decrypt",                [strangeKey],        [foreignVariables],               "Deny"],
  [guard,  "owner rotator",  "UpdateSecret",                       both,                [...withKey(legacyKey), ...withKey(oldKey)], "Allow"],
  [guard,  "owner rotator",  "UpdateSecret",                       both,                [...withKey(ownKey), ...withKey(strangeKey)], "Deny"],
  [guard,  "owner rotator workload", "UpdateSecret",               [own],               withKey(ownKey),                  "Allow"],
  [guard,  "owner rotator workload", "UpdateSecret",               [own],               [...withKey(legacyKey), ...withKey(strangeKey)], "Deny"],
  [guard,  "workload",       "UpdateSecret",                       [legacy],            withKey(legacyKey),               "Allow"],
  [guard,  "workload",       "UpdateSecret",                       [legacy],            [...withKey(ownKey), ...withKey(oldKey)], "Deny"],
];

interface Row {
  by: Circumstances;
  kind: Kind;
  request: Request;
  decided: Decision;
}

const rows: Row[] = table.flatMap(([by, who, what, on, how, decided]) =>
  (who.split(" ") as Kind[]).flatMap((kind) =>
    what.split(" ").flatMap((name) => {
      const action = name.includes(":") ? name : `secretsmanager:${name}`;
      return on.flatMap((resource) =>
        how.map((context): Row => ({ by, kind, request: { action, resource, context }, decided })),
      );
    }),
  ),
);

let actors: Actor[];
let resources: ResourcePolicies;
/** The statements that roles of a workspace without adopted secrets have too, as text. */
let usual: Set<string>;
beforeAll(async () => {
  const rolesIn = (recorded: Recorded) => rolesOf(recorded, homeOf("production", recorded, regions));
  const recorded = await recordWorkspaces(["production"], { regions, adopt });
  actors = rolesIn(recorded);
  resources = withStrangers(recorded);
  const without = await recordWorkspaces(["production"], { regions });
  usual = new Set(rolesIn(without).flatMap(statementsOf).map(textOf));
});

/** Keys whose policies are not ours: they leave all to IAM. */
function withStrangers({ keys, secretPolicies }: Recorded): ResourcePolicies {
  const policy: Document = { Version: "2012-10-17", Statement: [] };
  const strangers = [legacyKey, oldKey, strangeKey].map((arn) => ({ arn, region: "us-east-1", workspace: "", policy }));
  return { keys: [...keys, ...strangers], secretPolicies };
}

function statementsOf({ access, guard }: Actor): Statement[] {
  return [...access, ...guard].flatMap(({ Statement }) => Statement);
}

function textOf(statement: Statement): string {
  return JSON.stringify(statement);
}

test("what is adopted is used as a workspace's own, and nothing else is", async () => {
  const others: string[] = [];
  for (const { by, kind, request, decided } of rows) {
    const actor = actors.find((one) => one.kind === kind) as Actor;
    if ((await decideIn(by, actor, request, resources)) !== decided) {
      others.push([by === rights ? "rights" : "guard", kind, JSON.stringify(request), `not ${decided}`].join(" "));
    }
  }
  process.stdout.write(`adopted secrets: ${rows.length} decisions\n`);
  expect(others).toEqual([]);
});

test("a fault in a statement that adopting makes or changes is told by a row", async () => {
  const changed = new Map(
    actors
      .flatMap(statementsOf)
      .filter((statement) => !usual.has(textOf(statement)))
      .map((statement) => [textOf(statement), statement]),
  );
  const alive: string[] = [];
  let mutants = 0;
  for (const statement of changed.values()) {
    const alone = { Version: "2012-10-17", Statement: [statement] };
    for (const { name, actions, document } of [...mutantsOf(alone), ...listMutantsOf(alone)]) {
      mutants += 1;
      if (!(await isTold(statement, document.Statement, actions))) alive.push(name);
    }
  }
  process.stdout.write(`faults in what adopting makes: ${mutants}, of which ${mutants - alive.length} are told\n`);
  expect(alive).toEqual([]);
});

/** Whether a row of any role that has a statement is decided otherwise with a faulty one in its place. */
async function isTold(statement: Statement, faulty: Statement[], actions: string[]): Promise<boolean> {
  const put = (document: Document): Document => ({
    ...document,
    Statement: document.Statement.flatMap((one) => (textOf(one) === textOf(statement) ? faulty : [one])),
  });
  const by = statement.Effect === "Allow" ? rights : guard;
  const about = new RegExp(`^(${actions.join("|").replaceAll("*", ".*").replaceAll("?", ".")})$`, "i");
  for (const actor of actors.filter((one) => statementsOf(one).map(textOf).includes(textOf(statement)))) {
    const wrong = { ...actor, access: actor.access.map(put), guard: actor.guard.map(put) };
    for (const row of rows.filter((one) => one.kind === actor.kind && one.by === by)) {
      if (!about.test(row.request.action)) continue;
      if ((await decideIn(by, wrong, row.request, resources)) !== row.decided) return true;
    }
  }
  return false;
}
