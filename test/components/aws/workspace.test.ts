import * as aws from "@pulumi/aws/provider";
import * as k8s from "@pulumi/kubernetes/provider";
import { output } from "@pulumi/pulumi";
import { breakGlassDocument, deployerDocument } from "../../../components/aws/deployer";
import { isolationDocument, keyDocument } from "../../../components/aws/iam";
import { mendedByUp } from "../../../components/kubernetes/namespace";
import { roleMatrix, Workspace, type WorkspaceArgs } from "../../../index";
import { accessDocument, accountId, arn, labels, pasted, production, scope, tags } from "../../support/fixtures";
import { attempt, named, notices, only, type Registered, run, summary } from "../../support/mocks";

const component = "vantedge-secrets:index:Workspace";
const keyType = "aws:kms/key:Key";
const aliasType = "aws:kms/alias:Alias";
const roleType = "aws:iam/role:Role";
const policyType = "aws:iam/rolePolicy:RolePolicy";
const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/production-key`;

const outputs = [
  "workspaceName",
  "keyArn",
  "roleArns",
  "effectivePermissions",
  "rotatorRoleArn",
  "createCommand",
  "updateCommand",
  "namespace",
  "audited",
  "deployerPolicy",
  "breakGlassPolicy",
  "reducedGuarantees",
] as const;

const provision = (more: Partial<WorkspaceArgs> = {}) =>
  run(() => {
    const workspace = new Workspace("production", { ...production, ...more });
    return Object.fromEntries(outputs.map((name) => [name, workspace[name]]));
  });

test("a workspace is a key with its alias, and four roles with two policies each", async () => {
  const { resources } = await provision();
  expect(summary(resources).sort()).toEqual(
    [
      `${component} production`,
      `${keyType} production-key`,
      `${aliasType} production-alias`,
      ...["viewer", "member", "admin", "owner"].flatMap((role) => [
        `${roleType} production-${role}`,
        `${policyType} production-${role}-access`,
        `${policyType} production-${role}-isolation`,
      ]),
    ].sort(),
  );
});

const unaudited =
  "no audit trail is named, so audited is false: make one AuditTrail for the account and set auditTrail.";

test("the exact inputs of the component, the key and the alias", async () => {
  const { resources } = await provision();
  expect(only(resources, component).inputs).toEqual({
    workspaceName: "production",
    organization: "AI Startup",
    cloud: "aws",
    region: "us-east-1",
    accountId,
    prefix: "vantedge",
    namespace: "production",
    listing: "account",
    memberKms: "validate-only",
    notices: [unaudited],
  });
  expect(only(resources, keyType).inputs).toEqual({
    region: "us-east-1",
    description: "Secrets of workspace production",
    policy: keyDocument(scope, "validate-only", {}, []),
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    tags,
  });
  expect(only(resources, aliasType).inputs).toEqual({
    region: "us-east-1",
    name: "alias/vantedge-production",
    targetKeyId: "production-key",
  });
});

test.each([
  ["viewer", "auditors"],
  ["member", "developers"],
  ["admin", "leads"],
  ["owner", "founders"],
] as const)("the exact inputs of the role %s and its policies", async (role, principal) => {
  const { resources } = await provision();
  const trust = [{ Sid: "Trust0", Effect: "Allow", Principal: { AWS: arn(principal) }, Action: "sts:AssumeRole" }];
  expect(only(resources, roleType, `production-${role}`).inputs).toEqual({
    name: `vantedge-production-${role}`,
    path: "/vantedge/production/",
    description: `${role} of workspace production`,
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
    maxSessionDuration: 3600,
    tags,
  });
  const policies = named(resources, policyType);
  expect(policies[`production-${role}-access`]?.inputs).toEqual({
    name: "access",
    role: `vantedge-production-${role}`,
    policy: accessDocument(role, scope, keyArn),
  });
  expect(policies[`production-${role}-isolation`]?.inputs).toEqual({
    name: "isolation",
    role: `vantedge-production-${role}`,
    policy: isolationDocument(scope, [keyArn]),
  });
});

test("the outputs", async () => {
  const roleArns = Object.fromEntries(
    ["viewer", "member", "admin", "owner"].map((role) => [
      role,
      `arn:aws:iam::${accountId}:role/vantedge/production/vantedge-production-${role}`,
    ]),
  );
  expect((await provision()).result).toEqual({
    workspaceName: "production",
    keyArn,
    roleArns,
    effectivePermissions: roleMatrix,
    rotatorRoleArn: "",
    createCommand: pasted(
      "aws secretsmanager create-secret --region us-east-1 --name vantedge/production/NAME " +
        `--kms-key-id ${keyArn} --tags Key=vantedge-workspace,Value=production --secret-string file:///dev/stdin`,
    ),
    updateCommand: pasted(
      "aws secretsmanager put-secret-value --region us-east-1 --secret-id vantedge/production/NAME " +
        "--secret-string file:///dev/stdin",
    ),
    namespace: "production",
    audited: false,
    deployerPolicy: deployerDocument(scope, { existingRoles: {}, listing: "account", ref: {} }),
    breakGlassPolicy: breakGlassDocument(scope),
    reducedGuarantees: [],
  });
});

test("the reference holds what secrets and bindings need, and the key", async () => {
  const { result } = await run(() => {
    const { ref } = new Workspace("prod", { ...production, workspaceName: "production", prefix: "acme" });
    return { ref, keyArn: ref.keyArn };
  });
  expect(result.ref).toEqual({
    name: "production",
    organization: "AI Startup",
    cloud: "aws",
    region: "us-east-1",
    accountId,
    prefix: "acme",
    namespace: "production",
    keyArn: keyArn.replace("production-key", "prod-key"),
  });
});

test("with replicas, every region has a key of its own, and the documents name all", async () => {
  const { resources } = await provision({
    aws: { region: "us-east-1", accountId, replicaRegions: ["eu-west-1", "us-west-2"] },
  });
  const keys = named(resources, keyType);
  expect(Object.entries(keys).map(([name, { inputs }]) => [name, inputs.region])).toEqual([
    ["production-key", "us-east-1"],
    ["production-key-eu-west-1", "eu-west-1"],
    ["production-key-us-west-2", "us-west-2"],
  ]);
  const aliases = Object.values(named(resources, aliasType)).map(({ name, inputs }) => [name, inputs]);
  expect(aliases).toEqual(
    [
      ["", "us-east-1"],
      ["-eu-west-1", "eu-west-1"],
      ["-us-west-2", "us-west-2"],
    ].map(([suffix, region]) => [
      `production-alias${suffix}`,
      { region, name: "alias/vantedge-production", targetKeyId: `production-key${suffix}` },
    ]),
  );
  const replicated = { ...scope, regions: ["us-east-1", "eu-west-1", "us-west-2"] };
  const arns = ["us-east-1", "eu-west-1", "us-west-2"].map(
    (region, index) => `arn:aws:kms:${region}:${accountId}:key/production-key${index === 0 ? "" : `-${region}`}`,
  );
  const statements = (policy: unknown) => JSON.parse(policy as string).Statement;
  const written = [policyType, "aws:iam/policy:Policy"].flatMap((type) =>
    Object.values(named(resources, type)).flatMap(({ name, inputs }) =>
      name.startsWith("production-member") ? statements(inputs.policy) : [],
    ),
  );
  for (const statement of statements(accessDocument("member", replicated, ...arns))) {
    expect(written).toContainEqual(statement);
  }
});

test("a replica's key never has the name of another workspace's", async () => {
  const replicaRegions = ["eu-west-1"];
  const { resources } = await run(() => {
    new Workspace("production", { ...production, aws: { region: "us-east-1", accountId, replicaRegions } });
    new Workspace("production-eu-west-1", production);
  });
  const all = summary(resources);
  expect(new Set(all).size).toBe(all.length);
});

test("break-glass principals and readable deployers decrypt, other deployers don't", async () => {
  const { resources } = await provision({
    deployers: [{ arn: arn("ci") }, { arn: output(arn("reading-ci")), readable: true }],
    breakGlass: [{ arnPattern: "arn:aws:iam::*:role/security-*" }],
  });
  expect(only(resources, keyType).inputs.policy).toBe(
    keyDocument(scope, "validate-only", {}, ["arn:aws:iam::*:role/security-*", arn("reading-ci")]),
  );
});

test.each([
  [
    {},
    ["viewer", "member", "admin", "owner"],
    "roles.viewers, roles.members, roles.admins, roles.owners to create them",
  ],
  [
    { roles: { owners: production.roles?.owners as [], admins: [] } },
    ["viewer", "member", "admin"],
    "roles.viewers, roles.members, roles.admins to create them",
  ],
  [{ roles: { ...production.roles, owners: [] } }, ["owner"], "roles.owners to create it"],
] as const)("a role without a principal is not created, and that is said (%#)", async (args, missing, mend) => {
  const { roles: _, ...without } = production;
  const { resources, result } = await run(() => {
    const { roleArns } = new Workspace("production", { ...without, ...(args as object) });
    return { roleArns };
  });
  const left = ["viewer", "member", "admin", "owner"].filter((role) => !(missing as readonly string[]).includes(role));
  expect(Object.keys(named(resources, roleType))).toEqual(left.map((role) => `production-${role}`));
  expect(Object.keys(result.roleArns)).toEqual(left);
  const rights: Record<string, string> = {
    viewer: "viewer (list)",
    member: "member (create, list, update, delete)",
    admin: "admin (create, list, retrieve, update, delete)",
    owner: "owner (create, list, retrieve, update, delete)",
  };
  expect(notices(resources)).toEqual([
    `no principal for ${missing.map((role) => rights[role]).join(", ")}: not created. Add one under ${mend}.`,
    unaudited,
  ]);
});

test("the namespace is made where it is asked for, and only there", async () => {
  const type = "kubernetes:core/v1:Namespace";
  const asked = await provision({ kubernetes: { namespace: "apps" } });
  expect(only(asked.resources, type).inputs).toEqual({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "apps", labels, annotations: mendedByUp },
  });
  expect(asked.result.namespace).toBe("apps");
  const existing = await provision({ kubernetes: { namespace: "apps", createNamespace: false } });
  expect(named(existing.resources, type)).toEqual({});
  expect(existing.result.namespace).toBe("apps");
});

test("tags are on everything that takes some, and ours can't be taken", async () => {
  const { resources } = await provision({ tags: { team: "ai" } });
  const taggable = [keyType, roleType];
  for (const { type, inputs } of resources) {
    expect(inputs.tags).toEqual(taggable.includes(type) ? { team: "ai", ...tags } : undefined);
  }
  expect(resources.filter(({ type }) => taggable.includes(type))).toHaveLength(5);
});

const children = (resources: Registered[]) =>
  resources.filter(({ type }) => type.startsWith("aws:") || type.startsWith("kubernetes:"));
const withNamespace = { ...production, kubernetes: { namespace: "apps" } };

test("explicit providers reach every child and invoke; without any, nothing is set", async () => {
  const explicit = await run(() => {
    const providers = [new aws.Provider("own", { region: "us-east-1" }), new k8s.Provider("cluster")];
    new Workspace("production", withNamespace, { providers });
  });
  for (const { type, options } of children(explicit.resources)) {
    expect(options.provider).toMatch(type.startsWith("aws:") ? /:own::own-id$/ : /:cluster::cluster-id$/);
  }
  expect(explicit.calls.map(({ provider }) => provider)).toEqual([expect.stringMatching(/:own::own-id$/)]);

  const none = await run(() => new Workspace("production", withNamespace));
  expect(none.calls.map(({ provider }) => provider)).toEqual([""]);
  expect(children(none.resources).map(({ options }) => options.provider)).toEqual(Array(23).fill(""));
});

test("what the component waits for, its children wait for; all are its children, and nothing is protected", async () => {
  const { resources } = await run(() => {
    const first = new aws.Provider("first", {});
    new Workspace("production", withNamespace, { dependsOn: [first] });
  });
  for (const { options } of children(resources)) {
    expect(options.dependencies).toContain("first");
    expect(options).toMatchObject({ parent: "production", protect: false, retainOnDelete: false, ignoreChanges: [] });
  }
});

test("protection follows the component", async () => {
  const { resources } = await run(() => new Workspace("production", withNamespace, { protect: true }));
  expect(resources.map(({ options }) => options.protect)).toEqual(resources.map(() => true));
});

test("a preview registers what an update does", async () => {
  const program = () => new Workspace("production", withNamespace);
  const [update, preview] = [await run(program), await run(program, { preview: true })];
  expect(summary(preview.resources).sort()).toEqual(summary(update.resources).sort());
});

test("credentials of another account create nothing", async () => {
  const { resources, errors } = await attempt(() => new Workspace("production", production), {
    calls: { "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "999900001111" }) },
  });
  expect(errors).toEqual([
    "aws.accountId: the credentials are of account 999900001111, not 111122223333: choose the profile or role of that " +
      "account (AWS_PROFILE, assumeRoleArn), or correct accountId",
  ]);
  expect(summary(resources)).toEqual([`${component} production`]);
});

const github = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
const us = { region: "us-east-1", accountId };
const arnRule =
  "must be the ARN of one role or user, for example arn:aws:iam::111122223333:role/ci; for several use arnPattern";
const comparedRule =
  "must be the ARN of one role or user of IAM, not of a session: AWS compares with the role that was taken";
const patternRule =
  "must name roles or users by whole words before its first wildcard, for example arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Auditor* or arn:aws:iam::111122223333:role/ci-*";
const subjectRule =
  "must name the owner without a wildcard, for example project_path:acme/infra:* or system:serviceaccount:apps:*: else it would let others in";

test.each<[string, object, string[]]>([
  ["no cloud", { aws: undefined }, ["exactly one of aws, gcp must be set; none is set"]],
  [
    "two clouds",
    { gcp: { projectId: "ai-startup", projectNumber: "123456789012" } },
    ["exactly one of aws, gcp must be set; aws and gcp are set"],
  ],
  ["an organization that is missing", { organization: undefined }, ["organization: is missing: it must be a text"]],
  ["an empty organization", { organization: "" }, ["organization: is empty: give it a text"]],
  [
    "a name that the clouds refuse",
    { workspaceName: "Production EU" },
    [
      "workspaceName: must be 1 to 32 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit",
    ],
  ],
  [
    "an account that is a number",
    { aws: { ...us, accountId: 111122223333 } },
    ["aws.accountId: must be a text: put it in quotes"],
  ],
  [
    "an account that is too short",
    { aws: { ...us, accountId: "1" } },
    ["aws.accountId: must be the account's 12 digits, in quotes"],
  ],
  [
    "what is no region",
    { aws: { ...us, region: "Virginia" } },
    ["aws.region: must be a region's code, for example us-east-1"],
  ],
  [
    "a region that AWS has not",
    { aws: { ...us, region: "us-esat-1", replicaRegions: ["eu-wset-1"] } },
    [
      'aws.region: "us-esat-1" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws',
      'aws.replicaRegions: "eu-wset-1" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws',
    ],
  ],
  [
    "replicas at home, or twice",
    { aws: { ...us, replicaRegions: ["us-east-1", "eu-west-1", "eu-west-1"] } },
    [
      "aws.replicaRegions: holds the home region: leave it out, a replica is somewhere else",
      "aws.replicaRegions: holds a region twice: keep one",
    ],
  ],
  [
    "an Output where names are needed",
    { workspaceName: output("production") },
    ["workspaceName: must be plain and known when the program is built, not an Output"],
  ],
  [
    "an Output where an object is needed",
    { aws: output(us), roles: { admins: [output({ arn: arn("leads") })] } },
    ["aws", "roles.admins[0]"].map(
      (field) =>
        `${field}: must be written out here, key by key: an Output (a reference to a resource or a secret) can't stand for the whole`,
    ),
  ],
  ["an unknown key", { organisation: "x" }, ["organisation: unknown key: did you mean organization?"]],
  [
    "a key of another component",
    { secretName: "x" },
    [
      "secretName: unknown key: the keys here are organization, workspaceName, aws, gcp, roles, existingRoles, sessionHours, deployers, breakGlass, listing, memberKms, rotator, adopt, importKeys, kubernetes, prefix, auditTrail, tags",
    ],
  ],
  [
    "an unknown role",
    { roles: { editors: [] } },
    ["roles.editors: unknown key: the keys here are viewers, members, admins, owners"],
  ],
  ["everybody", { roles: { admins: [{ arn: "*" }] } }, [`roles.admins[0].arn: ${arnRule}`]],
  [
    "an account",
    { roles: { admins: [{ arn: `arn:aws:iam::${accountId}:root` }] } },
    [`roles.admins[0].arn: ${arnRule}`],
  ],
  ["a wildcard in an ARN", { breakGlass: [{ arn: arn("*") }] }, [`breakGlass[0].arn: ${comparedRule}`]],
  [
    "a session where the role that was taken is compared",
    { breakGlass: [{ arn: `arn:aws:sts::${accountId}:assumed-role/security/jo` }] },
    [`breakGlass[0].arn: ${comparedRule}`],
  ],
  [
    "a pattern of sessions",
    { roles: { admins: [{ arnPattern: "arn:aws:sts::*:assumed-role/lead-*/jo" }] } },
    [`roles.admins[0].arnPattern: ${patternRule}`],
  ],
  [
    "every role",
    { roles: { owners: [{ arnPattern: "arn:aws:iam::*:role/*" }] } },
    [`roles.owners[0].arnPattern: ${patternRule}`],
  ],
  [
    "every subject",
    { roles: { members: [{ oidc: { providerArn: github, subjects: ["*", "*:*", "repo:*"] } }] } },
    [0, 1, 2].map((index) => `roles.members[0].oidc.subjects[${index}]: ${subjectRule}`),
  ],
  [
    "a GitHub owner by a wildcard",
    { roles: { members: [{ oidc: { providerArn: github, subjects: ["repo:acme*/infra:*"] } }] } },
    [`roles.members[0].oidc.subjects[0]: ${subjectRule}`],
  ],
  [
    "multi-factor authentication of an identity provider",
    { roles: { members: [{ oidc: { providerArn: github, subjects: ["repo:acme/infra:*"] }, mfa: true }] } },
    ["roles.members[0].mfa: is for arn and arnPattern: with oidc, saml and gcp, let the identity provider ask for it"],
  ],
  [
    "multi-factor authentication of IAM Identity Center",
    { roles: { admins: [{ arnPattern: "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Admin*", mfa: true }] } },
    [
      "roles.admins[0].mfa: is unknown of roles of IAM Identity Center, whose people sign in with it there: leave it out",
    ],
  ],
  [
    "an end that is no date",
    {
      roles: {
        members: [
          { arn: arn("a"), until: "next spring" },
          { arn: arn("b"), until: "2027-02-30" },
        ],
      },
    },
    [0, 1].map(
      (index) =>
        `roles.members[${index}].until: must be a day such as 2027-01-31, or a moment such as 2027-01-31T18:00:00Z`,
    ),
  ],
  [
    "sessions that IAM refuses",
    { sessionHours: { owners: 13, admins: 0.5 } },
    ["sessionHours.admins: must be a whole number", "sessionHours.owners: must be 1 to 12 hours"],
  ],
  ["a listing that is none", { listing: "all" }, ["listing: must be one of account, none, explorer"]],
  ["a use of the key that is none", { memberKms: "always" }, ["memberKms: must be one of validate-only, via-service"]],
  [
    "no subject",
    { roles: { members: [{ oidc: { providerArn: github, subjects: [] } }] } },
    ["roles.members[0].oidc.subjects: is an empty list: add something, or leave it out"],
  ],
  [
    "a provider that is none",
    { roles: { members: [{ saml: { providerArn: github } }] } },
    ["roles.members[0].saml.providerArn: must be the ARN of a SAML provider"],
  ],
  [
    "a principal of two kinds",
    { roles: { members: [{ arn: arn("a"), arnPattern: arn("b-*") }] } },
    ["roles.members[0]: exactly one of arn, arnPattern, oidc, saml, gcp must be set; arn and arnPattern are set"],
  ],
  [
    "a principal of no kind",
    { deployers: [{ readable: true }] },
    ["deployers[0]: exactly one of arn, arnPattern must be set; none is set"],
  ],
  [
    "a namespace that Kubernetes refuses",
    { kubernetes: { namespace: "My_Apps" } },
    ["kubernetes.namespace: must be a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens"],
  ],
  [
    "our tags",
    { tags: { "vantedge-workspace": "other" } },
    ["tags.vantedge-workspace: tags that begin with vantedge- or aws: are reserved"],
  ],
  [
    "several at once",
    { organization: 5, tags: [] },
    ["organization: must be a text: put it in quotes", "tags: must be a set of keys and values"],
  ],
])("bad input: %s", async (_, args, problems) => {
  const { resources, errors } = await attempt(() => new Workspace("production", { ...production, ...args }));
  expect(errors).toEqual(problems.map((problem) => `Workspace "production": ${problem}`));
  expect(resources).toEqual([]);
});
