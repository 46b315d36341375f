import { MemberKms } from "../../index";
import { accountId } from "../support/fixtures";
import { type Actor, rolesOf } from "./cast";
import { asCreated, decideIn, hostile } from "./circumstances";
import type { Recorded } from "./documents";
import { functionOf, usesOf } from "./requests";
import type { Decision, Request } from "./simulate";
import { boundSecret, homeOf, recordWorkspaces, secretArn } from "./world";

const regions = ["us-east-1"];
const adopted = { arn: secretArn("legacy-db"), keyArn: `arn:aws:kms:us-east-1:${accountId}:key/legacy` };

let recorded: Recorded;
let viaService: Recorded;
beforeAll(async () => {
  const names = ["production", "development"];
  recorded = await recordWorkspaces(names, { regions, adopt: [{ secretName: boundSecret, ...adopted }] });
  viaService = await recordWorkspaces(names, { regions, memberKms: MemberKms.ViaService });
});

function actorOf(name: string, of: Recorded): Actor {
  const workspace = name.split(" of ")[1] as string;
  return rolesOf(of, homeOf(workspace, of, regions)).find((actor) => actor.name === name) as Actor;
}

function onSecret(action: string, resource = adopted.arn, more = {}): Request {
  return {
    action: `secretsmanager:${action}`,
    resource,
    context: { "aws:ResourceTag/vantedge-workspace": "production", ...more },
  };
}

/** Of a stored version, and of the validation. */
const [stored, validating] = usesOf(adopted.arn, adopted.arn, "us-east-1") as [Request["context"], Request["context"]];
const notAdopted = secretArn("legacy-db-2");

// biome-ignore format: a table
test.each<[string, Request, Decision]>([
  ["viewer of production",   onSecret("DescribeSecret"), "Allow"],
  ["viewer of production",   onSecret("GetSecretValue"), "Deny"],
  ["viewer of production",   onSecret("PutSecretValue"), "Deny"],
  ["member of production",   onSecret("PutSecretValue"), "Allow"],
  ["member of production",   onSecret("DeleteSecret"), "Allow"],
  ["member of production",   onSecret("GetSecretValue"), "Deny"],
  ["member of production",   { action: "kms:GenerateDataKey", resource: adopted.keyArn, context: stored }, "Allow"],
  ["member of production",   { action: "kms:Decrypt", resource: adopted.keyArn, context: validating }, "Allow"],
  ["member of production",   { action: "kms:Decrypt", resource: adopted.keyArn, context: stored }, "Deny"],
  ["admin of production",    onSecret("GetSecretValue"), "Allow"],
  ["admin of production",    { action: "kms:Decrypt", resource: adopted.keyArn, context: stored }, "Allow"],
  ["admin of production",    onSecret("RotateSecret", adopted.arn, { "secretsmanager:RotationLambdaARN": functionOf("production") }), "Deny"],
  ["admin of production",    onSecret("GetSecretValue", notAdopted), "Deny"],
  ["owner of production",    onSecret("RotateSecret", adopted.arn, { "secretsmanager:RotationLambdaARN": functionOf("production") }), "Allow"],
  ["owner of production",    onSecret("RotateSecret", adopted.arn, { "secretsmanager:RotationLambdaARN": functionOf("development") }), "Deny"],
  ["owner of production",    onSecret("GetSecretValue", notAdopted), "Deny"],
  ["workload of production", onSecret("GetSecretValue"), "Allow"],
  ["workload of production", { action: "kms:Decrypt", resource: adopted.keyArn, context: stored }, "Allow"],
  ["workload of production", onSecret("PutSecretValue"), "Deny"],
  ["workload of production", onSecret("GetSecretValue", notAdopted), "Deny"],
])("of an adopted secret and no other: %s, %j: %s", async (name, request, wanted) => {
  expect(await decideIn({ ...asCreated, key: "opened" }, actorOf(name, recorded), request, adoptedKey())).toBe(wanted);
});

/** Whose policy is not ours: it leaves all to IAM. */
function adoptedKey(): Recorded {
  const policy = (recorded.keys[0] as Recorded["keys"][number]).policy;
  const open = { ...policy, Statement: [] };
  return {
    ...recorded,
    keys: [...recorded.keys, { ...adopted, arn: adopted.keyArn, region: "us-east-1", workspace: "", policy: open }],
  };
}

test.each(["viewer", "member", "admin", "owner", "workload", "rotator"])(
  "the %s of another workspace reaches no adopted secret, whatever is attached or invites",
  async (kind) => {
    const actor = actorOf(`${kind} of development`, recorded);
    for (const circumstances of [asCreated, ...hostile]) {
      for (const action of ["DescribeSecret", "GetSecretValue", "PutSecretValue", "DeleteSecret"]) {
        expect([circumstances.name, action, await decideIn(circumstances, actor, onSecret(action), recorded)]).toEqual([
          circumstances.name,
          action,
          "Deny",
        ]);
      }
      const decrypt = { action: "kms:Decrypt", resource: adopted.keyArn, context: stored };
      expect([
        circumstances.name,
        await decideIn({ ...circumstances, key: "opened" }, actor, decrypt, adoptedKey()),
      ]).toEqual([circumstances.name, "Deny"]);
    }
  },
);

const own = secretArn(`vantedge/production/${boundSecret}`);
const [ownStored, , , , foreign] = usesOf(
  own,
  secretArn("vantedge/development/any"),
  "us-east-1",
) as Request["context"][];

test.each<[string, Request["context"], Decision]>([
  ["a secret of its own, through Secrets Manager", ownStored as Request["context"], "Allow"],
  ["a secret of another workspace", foreign as Request["context"], "Deny"],
])("a member with memberKms via-service decrypts %s: %j: %s", async (_, context, wanted) => {
  const actor = actorOf("member of production", viaService);
  const resource = homeOf("production", viaService, regions).keyArns[0] as string;
  expect(await decideIn(asCreated, actor, { action: "kms:Decrypt", resource, context }, viaService)).toBe(wanted);
  expect(await decideIn(asCreated, actor, onSecret("GetSecretValue", own), viaService)).toBe("Deny");
  expect(await decideIn({ ...asCreated, attached: true }, actor, onSecret("GetSecretValue", own), viaService)).toBe(
    "Deny",
  );
});
