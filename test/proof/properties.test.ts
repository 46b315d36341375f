import fc from "fast-check";
import { allows, type Permission, permissions, type RoleName, roleNames } from "../../components/roles";
import { type Actor, type Home, rolesOf } from "./cast";
import { asCreated, type Circumstances, decideIn, hostile } from "./circumstances";
import type { Recorded, ResourcePolicies } from "./documents";
import { secretNames, twoNames } from "./names";
import { keyRequests, type Scope, secretRequests, usesOf } from "./requests";
import type { Request } from "./simulate";
import { homeOf, recordWorkspaces, secretArn } from "./world";

/** Printed, so that a failing run can be made again: FAST_CHECK_SEED=... npm run test:proof. */
const seed = Number(process.env.FAST_CHECK_SEED ?? Date.now() % 2 ** 31);
const pairs = 25;
const requestsOfPair = 400;
const regions = ["us-east-1"];

interface Neighbours {
  recorded: Recorded;
  own: Home;
  other: Home;
}

async function neighbours([one, two]: [string, string]): Promise<Neighbours> {
  const recorded = await recordWorkspaces([one, two], { regions });
  return { recorded, own: homeOf(one, recorded, regions), other: homeOf(two, recorded, regions) };
}

/** Numbers that choose a request among all there are. */
const choices = fc.array(fc.tuple(secretNames, fc.nat(), fc.nat(), fc.nat()), {
  minLength: requestsOfPair,
  maxLength: requestsOfPair,
});

function pick<T>(from: readonly T[], choice: number): T {
  return from[choice % from.length] as T;
}

test("nobody reaches into another workspace, whatever is attached or invites", async () => {
  let asked = 0;
  const start = performance.now();
  const crossing = async (names: [string, string], chosen: [string, number, number, number][]) => {
    const { recorded, own, other } = await neighbours(names);
    const actors = rolesOf(recorded, own);
    const onKey = (
      await keyRequests(other.keyArns[0] as string, usesOf(secretOf(other, "any"), secretOf(own, "any"), "us-east-1"))
    ).filter(({ action }) => /Decrypt|Encrypt|GenerateDataKey|CreateGrant/.test(action));
    for (const [secret, who, what, how] of chosen) {
      const scope = { ...foreign(other, own, secret, how), name: "other workspace" };
      const onSecret = await secretRequests([scope], [own, other]);
      const request = pick([...onSecret, ...onKey], what);
      const circumstances = pick([asCreated, ...hostile], how);
      const actor = pick(actors, who);
      await denied(circumstances, actor, request, recorded);
      asked += 1;
    }
  };
  await fc.assert(fc.asyncProperty(twoNames, choices, crossing), { seed, numRuns: pairs, endOnFailure: true });
  tell("requests across workspaces, none allowed", asked, start);
  expect(asked).toBeGreaterThanOrEqual(10_000);
});

function tell(what: string, count: number, start: number): void {
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`${what}: ${count} decisions in ${seconds} s, seed ${seed}\n`);
}

function secretOf({ workspace, prefix }: Home, secret: string): string {
  return secretArn(`${prefix}/${workspace}/${secret}`);
}

/** A secret of another workspace, with its tag, with ours, or with none. */
function foreign(other: Home, own: Home, secret: string, choice: number): Omit<Scope, "name"> {
  const arn = secretOf(other, secret);
  const tag = pick([other.workspace, own.workspace, undefined], choice);
  return tag === undefined ? { arn } : { arn, tag };
}

async function denied(
  circumstances: Circumstances,
  actor: Actor,
  request: Request,
  resources: ResourcePolicies,
): Promise<void> {
  if ((await decideIn(circumstances, actor, request, resources)) === "Deny") return;
  const { action, resource, context } = request;
  throw new Error(
    `${actor.name} | ${action} | ${resource} | ${JSON.stringify(context)} | ${circumstances.name}: expected Deny, got Allow`,
  );
}

/** What a permission of the matrix means on AWS: every call of one of these is allowed to whoever has it, or none. */
function callsOf(permission: Permission, { workspace, prefix, keyArns }: Home, secret: string): Request[] {
  const arn = secretArn(`${prefix}/${workspace}/${secret}`);
  const tag = { "aws:ResourceTag/vantedge-workspace": workspace };
  const call = (action: string, more = {}): Request => ({
    action: `secretsmanager:${action}`,
    resource: arn,
    context: { ...tag, ...more },
  });
  const key = (action: string, use: number): Request => ({
    action: `kms:${action}`,
    resource: keyArns[0] as string,
    context: usesOf(arn, arn, "us-east-1")[use] as Request["context"],
  });
  const [stored, validating] = [0, 1];
  switch (permission) {
    case "create":
      return [
        {
          action: "secretsmanager:CreateSecret",
          resource: arn,
          context: {
            "secretsmanager:Name": `${prefix}/${workspace}/${secret}`,
            "aws:RequestTag/vantedge-workspace": workspace,
            "secretsmanager:KmsKeyArn": keyArns[0] as string,
          },
        },
        key("GenerateDataKey", stored),
        key("Decrypt", validating),
      ];
    case "list":
      return [
        { action: "secretsmanager:ListSecrets", resource: "*", context: {} },
        call("DescribeSecret"),
        call("ListSecretVersionIds"),
      ];
    case "retrieve":
      return [call("GetSecretValue"), key("Decrypt", stored)];
    case "update":
      return [call("PutSecretValue"), key("GenerateDataKey", stored)];
    case "delete":
      return [call("DeleteSecret"), call("DeleteSecret", { "secretsmanager:RecoveryWindowInDays": "7" })];
    case "resourcePolicy":
      return [call("PutResourcePolicy", { "secretsmanager:BlockPublicPolicy": "true" }), call("DeleteResourcePolicy")];
    case "rotation": {
      const function_ = `arn:aws:lambda:us-east-1:111122223333:function:vantedge-${workspace}--any`;
      return [call("RotateSecret", { "secretsmanager:RotationLambdaARN": function_ })];
    }
    case "forceDelete":
      return [call("DeleteSecret", { "secretsmanager:ForceDeleteWithoutRecovery": "true" })];
  }
}

test("in its own workspace, a role may do exactly what the role matrix says", async () => {
  let asked = 0;
  const start = performance.now();
  const inside = async (names: [string, string], chosen: [string, number, number, number][]) => {
    const { recorded, own } = await neighbours(names);
    const roles = rolesOf(recorded, own).filter(({ kind }) => roleNames.includes(kind as RoleName));
    for (const [secret, who, what, which] of chosen) {
      const actor = pick(roles, who);
      const permission = pick(permissions, what);
      const request = pick(callsOf(permission, own, secret), which);
      const wanted = allows(actor.kind as RoleName, permission) ? "Allow" : "Deny";
      const decided = await decideIn(asCreated, actor, request, recorded);
      if (decided !== wanted) {
        throw new Error(
          `${actor.name} | ${permission}: ${request.action} | ${request.resource} | ${JSON.stringify(request.context)}: ` +
            `expected ${wanted}, got ${decided}`,
        );
      }
      asked += 1;
    }
  };
  await fc.assert(fc.asyncProperty(twoNames, choices, inside), { seed, numRuns: pairs, endOnFailure: true });
  tell("requests inside a workspace, as the role matrix says", asked, start);
  expect(asked).toBeGreaterThanOrEqual(10_000);
});
