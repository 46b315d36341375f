import * as iam from "@pulumi/aws/iam";
import { Grant, KeyPolicy } from "@pulumi/aws/kms";
import { SecretPolicy } from "@pulumi/aws/secretsmanager";
import { roleMatrix } from "../../../policies/roleMatrix/roleMatrix";
import { analyze } from "../support/analyzer";
import { but, type Fixture, resource, unknownYet } from "../support/fixture";
import { testRule } from "../support/ruleTest";
import { account, allow, document, workspace } from "./world";

const production = workspace("production");
const development = workspace("development");
const both = [...production.all, ...development.all];
const ofMember = { role: "vantedge-production-member" };

/** A policy of the program's own for the member role, named by its literal name. */
const extra = (policy: string) => resource(iam.RolePolicy, "extra", { ...ofMember, policy });
const inPreview = { refers: { role: [production.roles.member] } };
const secretArn = (name: string) => `arn:aws:secretsmanager:us-east-1:${account}:secret:${name}`;

const policy = (text: string) => resource(iam.Policy, "shared", { policy: text }, { outputs: { arn: unknownYet } });
const read = "secretsmanager:GetSecretValue";
const reading = document(allow(read));
const shared = policy(reading);
const user = resource(iam.User, "alice", { name: "alice" });
const group = resource(iam.Group, "leads", { name: "leads" });
const app = resource(iam.Role, "app", { name: "app", assumeRolePolicy: "{}" });

const ofSecret = (Principal: unknown, Condition?: object) =>
  resource(
    SecretPolicy,
    "extra",
    { secretArn: unknownYet, policy: document(allow(read, "*", { Principal, Condition })) },
    { refers: { secretArn: [production.stored] } },
  );

/** Ways to hide a grant: each must be found, and by the resource that holds it. */
const hidden: Record<string, [Fixture[], string, ...string[]]> = {
  everything: [[extra(document(allow("*")))], "extra"],
  "the action itself": [[extra(reading)], "extra"],
  "in another case": [[extra(document(allow("SecretsManager:getsecretvalue")))], "extra"],
  "a wildcard for the end": [[extra(document(allow("secretsmanager:Get*")))], "extra"],
  "a wildcard in the middle": [[extra(document(allow("secretsmanager:*Value")))], "extra"],
  "question marks": [[extra(document(allow("secretsmanager:GetSecretValu?")))], "extra"],
  "one of many actions": [[extra(document(allow(["s3:GetObject", "ec2:*", read])))], "extra"],
  NotAction: [[extra(document({ Effect: "Allow", NotAction: ["iam:*", "s3:*"], Resource: "*" }))], "extra"],
  NotResource: [[extra(document({ Effect: "Allow", Action: read, NotResource: secretArn("other/*") }))], "extra"],
  "the second statement": [[extra(document(allow("s3:GetObject"), allow(read)))], "extra"],
  "a statement that is no list": [[extra(JSON.stringify({ Version: "2012-10-17", Statement: allow(read) }))], "extra"],
  "its secrets by prefix": [[extra(document(allow(read, secretArn("vantedge/production/*"))))], "extra"],
  "one secret by name": [
    [extra(document(allow(read, secretArn("vantedge/production/openai-api-key-??????"))))],
    "extra",
  ],
  "a secret that the stack doesn't declare": [
    [extra(document(allow(read, secretArn("vantedge/production/payroll-*"))))],
    "extra",
  ],
  "wildcards in place of region, account and prefix": [
    [extra(document(allow(read, "arn:aws:secretsmanager:*:*:secret:*openai*")))],
    "extra",
  ],
  "a condition that holds for whoever has a password": [
    [extra(document(allow(read, "*", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } })))],
    "extra",
  ],
  "a condition on the address": [
    [extra(document(allow(read, "*", { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } })))],
    "extra",
  ],
  "a condition on the version that everybody reads": [
    [
      extra(
        document(allow(read, "*", { Condition: { StringEquals: { "secretsmanager:VersionStage": "AWSCURRENT" } } })),
      ),
    ],
    "extra",
  ],
  "the workspace's own tag": [
    [
      extra(
        document(
          allow(read, "*", { Condition: { StringEquals: { "aws:ResourceTag/vantedge-workspace": "production" } } }),
        ),
      ),
    ],
    "extra",
  ],
  "a denial that a condition takes back": [
    [
      extra(
        document(allow(read), {
          Effect: "Deny",
          Action: read,
          Resource: "*",
          Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
        }),
      ),
    ],
    "extra",
  ],
  "attached by a reference, in a first preview": [
    [resource(iam.RolePolicy, "extra", { role: unknownYet, policy: reading }, inPreview)],
    "extra",
  ],
  "a managed policy, by references": [
    [
      shared,
      resource(
        iam.RolePolicyAttachment,
        "attached",
        { role: unknownYet, policyArn: unknownYet },
        { refers: { role: [production.roles.member], policyArn: [shared] } },
      ),
    ],
    "shared",
  ],
  PolicyAttachment: [
    [
      shared,
      resource(
        iam.PolicyAttachment,
        "attached",
        { roles: [ofMember.role], policyArn: unknownYet },
        { refers: { policyArn: [shared] } },
      ),
    ],
    "shared",
  ],
  "exclusive attachments": [
    [
      shared,
      resource(
        iam.RolePolicyAttachmentsExclusive,
        "attached",
        { roleName: ofMember.role, policyArns: [unknownYet] },
        { refers: { policyArns: [shared] } },
      ),
    ],
    "shared",
  ],
  "a policy of AWS": [
    [
      resource(iam.RolePolicyAttachment, "attached", {
        role: ofMember.role,
        policyArn: "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
      }),
    ],
    "attached",
  ],
  AdministratorAccess: [
    [
      resource(iam.RolePolicyAttachment, "attached", {
        role: ofMember.role,
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    ],
    "attached",
  ],
  "a role of its own": [
    [
      but(app, {
        inlinePolicies: [
          { name: "a", policy: document(allow("s3:*")) },
          { name: "b", policy: reading },
        ],
      }),
    ],
    "app",
  ],
  "a role's managed policies": [
    [but(app, { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] })],
    "app",
  ],
  "a user": [[user, resource(iam.UserPolicy, "extra", { user: "alice", policy: reading })], "extra"],
  "a group": [[group, resource(iam.GroupPolicy, "extra", { group: "leads", policy: reading })], "extra"],
  "reading many at once": [[extra(document(allow("secretsmanager:BatchGetSecretValue")))], "extra"],
  "moving the label of a version": [[extra(document(allow("secretsmanager:UpdateSecretVersionStage")))], "extra"],
  "a copy in another region": [[extra(document(allow("secretsmanager:ReplicateSecretToRegions")))], "extra"],
  "writing who may read": [[extra(document(allow("secretsmanager:PutResourcePolicy")))], "extra"],
  "a function that is told the value": [[extra(document(allow("secretsmanager:RotateSecret")))], "extra"],
  "another function's code": [[extra(document(allow("lambda:UpdateFunctionCode")))], "extra"],
  decrypting: [[extra(document(allow("kms:Decrypt")))], "extra"],
  "a grant to come": [[extra(document(allow("kms:CreateGrant")))], "extra"],
  "writing policies of roles": [[extra(document(allow("iam:PutRolePolicy")))], "extra"],
  "passing a role that reads": [[extra(document(allow("iam:PassRole")))], "extra"],
  "the secret's policy, for the role": [
    [
      resource(
        SecretPolicy,
        "extra",
        {
          secretArn: unknownYet,
          policy: document(
            allow(read, "*", {
              Principal: { AWS: `arn:aws:iam::${account}:role/vantedge/production/vantedge-production-member` },
            }),
          ),
        },
        { refers: { secretArn: [production.stored] } },
      ),
    ],
    "extra",
  ],
  "the secret's policy, for everybody": [
    [
      resource(
        SecretPolicy,
        "extra",
        { secretArn: unknownYet, policy: document(allow("secretsmanager:*", "*", { Principal: "*" })) },
        { refers: { secretArn: [production.stored] } },
      ),
    ],
    "extra",
  ],
  "a policy with a workspace as its parent": [
    [resource(iam.RolePolicy, "extra", { ...ofMember, policy: reading }, { parent: production.component })],
    "extra",
  ],
  "secrets of any workspace": [[extra(document(allow(read, secretArn("vantedge/*/payroll*"))))], "extra"],
  "a pattern from the service on": [[extra(document(allow(read, "arn:aws:secretsmanager:*payroll*")))], "extra"],
  "a user, on what looks like no star": [
    [user, resource(iam.UserPolicy, "extra", { user: "alice", policy: document(allow(read, "arn:aws:*:*:*:*")) })],
    "extra",
  ],
  "beside a statement that isn't known yet": [
    [
      resource(iam.RolePolicy, "extra", {
        ...ofMember,
        policy: { Version: "2012-10-17", Statement: [allow("s3:GetObject", unknownYet), allow(read)] } as never,
      }),
    ],
    "extra",
  ],
  "the owner's role for a function": [
    [
      extra(
        document(allow("iam:PassRole", `arn:aws:iam::${account}:role/vantedge/production/vantedge-production-owner`)),
      ),
    ],
    "extra",
  ],
  "the secret's policy, for another account": [[ofSecret({ AWS: "444455556666" })], "extra"],
  "the secret's policy, for another account's role": [
    [ofSecret({ AWS: "arn:aws:iam::444455556666:role/app" })],
    "extra",
  ],
  "the secret's policy, for a session": [
    [ofSecret({ AWS: `arn:aws:sts::${account}:assumed-role/app/session` })],
    "extra",
  ],
  "the secret's policy, for a principal in a condition": [
    [ofSecret("*", { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/app` } })],
    "extra",
  ],
  "the secret's policy, by the secret's ARN": [
    [
      resource(SecretPolicy, "extra", {
        secretArn: secretArn("vantedge/production/elsewhere-AbCdEf"),
        policy: document(allow(read, "*", { Principal: "*" })),
      }),
    ],
    "extra",
  ],
  "a grant on the key": [
    [
      resource(
        Grant,
        "extra",
        { keyId: unknownYet, granteePrincipal: "anybody", operations: ["DescribeKey", "Decrypt"] },
        { refers: { keyId: [production.key] } },
      ),
    ],
    "extra",
  ],
  "the key's policy": [
    [
      resource(
        KeyPolicy,
        "extra",
        {
          keyId: unknownYet,
          policy: document(allow("kms:*", "*", { Principal: { AWS: `arn:aws:iam::${account}:root` } })),
        },
        { refers: { keyId: [production.key] } },
      ),
    ],
    "extra",
  ],
};

test("the workspaces by themselves keep the matrix", async () => {
  expect(await analyze([roleMatrix], both)).toEqual([]);
});

test.each(Object.entries(hidden))("finds a grant that is hidden: %s", async (_, [fixtures, where]) => {
  const found = await analyze([roleMatrix], [...both, ...fixtures]);
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.map(({ urn }) => urn.split("::").at(-1)))).toEqual(new Set([where]));
});

/** The same ways, for what the matrix gives or what is no workspace's. */
const harmless: Record<string, Fixture[]> = {
  "what a member may do": [
    extra(
      document(
        allow("secretsmanager:DescribeSecret", secretArn("vantedge/production/*")),
        allow("secretsmanager:PutSecretValue", secretArn("vantedge/production/*")),
      ),
    ),
  ],
  "other services": [extra(document(allow(["s3:*", "ec2:Describe*"])))],
  "other secrets": [extra(document(allow(read, secretArn("legacy/*"))))],
  "secrets of another tag": [
    extra(
      document(allow(read, "*", { Condition: { StringEquals: { "aws:ResourceTag/vantedge-workspace": "other" } } })),
    ),
  ],
  "a denial": [extra(document({ Effect: "Deny", Action: "*", Resource: "*" }))],
  "denied again": [extra(document(allow("*"), { Effect: "Deny", Action: "*", Resource: "*" }))],
  "not known yet": [extra(unknownYet)],
  "to an admin, what an admin may": [
    resource(iam.RolePolicy, "extra", {
      role: "vantedge-production-admin",
      policy: document(allow(read, secretArn("vantedge/production/*"))),
    }),
  ],
  "a role that makes secrets and reads none": [
    app,
    resource(iam.RolePolicy, "extra", {
      role: "app",
      policy: document(allow(["secretsmanager:CreateSecret", "secretsmanager:PutSecretValue"])),
    }),
  ],
  "secrets with a user's own name": [extra(document(allow(read, secretArn("users/${aws:username}/*"))))],
  "a user whom a boundary may keep from it": [
    { ...app, inputs: { ...app.inputs, permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary" } },
    resource(iam.RolePolicy, "extra", { role: "app", policy: reading }),
  ],
  "a key of another": [
    resource(Grant, "extra", { keyId: "arn:of:another", granteePrincipal: "app", operations: ["Decrypt"] }),
  ],
  "a grant to describe": [
    resource(
      Grant,
      "extra",
      { keyId: unknownYet, granteePrincipal: "app", operations: ["DescribeKey"] },
      { refers: { keyId: [production.key] } },
    ),
  ],
};

test.each(Object.entries(harmless))("passes: %s", async (_, fixtures) => {
  expect(await analyze([roleMatrix], [...both, ...fixtures])).toEqual([]);
});

const fixturesOf = (way: string) => (hidden[way] as [Fixture[], string])[0];
const held = ", which the role matrix withholds, and only what the workspace denies holds it back";
testRule(roleMatrix, {
  // Names of the actions that a grant gives.
  mayPrint: ["Decrypt"],
  passes: { "no workspace": [extra(document(allow("*")))] },
  breaks: {
    "a broad policy for the member": [
      [...production.all, extra(document(allow("s3:*"), allow("secretsmanager:*")))],
      [
        "extra",
        'policy.Statement[1] lets member of workspace "production" do secretsmanager:GetSecretValue, secretsmanager:BatchGetSecretValue, secretsmanager:UpdateSecretVersionStage, ' +
          "secretsmanager:ReplicateSecretToRegions, secretsmanager:PutResourcePolicy, secretsmanager:DeleteResourcePolicy, " +
          'secretsmanager:RotateSecret, secretsmanager:RestoreSecret on any secret of workspace "production", which the role matrix withholds',
      ],
    ],
    "another workspace's secrets": [
      [
        ...both,
        resource(iam.RolePolicy, "extra", { role: "vantedge-development-admin", policy: document(allow(read)) }),
      ],
      [
        "extra",
        `policy.Statement[0] lets admin of workspace "development" do ${read} on any secret of workspace "production"${held}`,
      ],
    ],
    "one secret by name": [
      [...production.all, extra(document(allow(read, secretArn("vantedge/production/payroll-*"))))],
      [
        "extra",
        `policy.Statement[0] lets member of workspace "production" do ${read} on secret "payroll-any" of workspace "production"${held}`,
      ],
    ],
    "a viewer who writes": [
      [
        ...production.all,
        resource(iam.RolePolicy, "extra", {
          role: "vantedge-production-viewer",
          policy: document(allow("secretsmanager:DeleteSecret")),
        }),
      ],
      [
        "extra",
        'policy.Statement[0] lets viewer of workspace "production" do secretsmanager:DeleteSecret on any secret of workspace "production", which the role matrix withholds',
      ],
    ],
    "a secret's own policy": [
      [...production.all, ...fixturesOf("the secret's policy, for the role")],
      [
        "extra",
        `policy.Statement[0] lets member of workspace "production" do ${read} on a secret of workspace "production", which the role matrix withholds`,
      ],
    ],
    "a grant on the key": [
      [...production.all, ...fixturesOf("a grant on the key")],
      [
        "extra",
        'operations lets its granteePrincipal do kms:Decrypt on the key of workspace "production", which the role matrix withholds',
      ],
    ],
  },
});

describe("the policy that a workspace gives out for emergencies", () => {
  const giving = { ...production.component, outputs: { ...production.component.outputs, breakGlassPolicy: reading } };
  const stack = production.all.map((one) => (one === production.component ? giving : one));
  const emergency = resource(iam.Role, "emergency", { name: "emergency", assumeRolePolicy: "{}" });

  test("is for a role of the program's own", async () => {
    const attached = resource(iam.RolePolicy, "extra", { role: "emergency", policy: reading });
    expect(await analyze([roleMatrix], [...stack, emergency, attached])).toEqual([]);
  });

  test("is not for a member", async () => {
    const found = await analyze([roleMatrix], [...stack, extra(reading)]);
    expect(found.map(({ urn }) => urn.split("::").at(-1))).toEqual(["extra"]);
  });
});
