import * as kms from "@pulumi/gcp/kms";
import * as organizations from "@pulumi/gcp/organizations";
import * as projects from "@pulumi/gcp/projects";
import * as pubsub from "@pulumi/gcp/pubsub";
import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import { administratorAccounts } from "../../../../policies/gcp/iam/administratorAccounts";
import { authoritative } from "../../../../policies/gcp/iam/authoritative";
import { basicRoles } from "../../../../policies/gcp/iam/basicRoles";
import { defaultAccounts } from "../../../../policies/gcp/iam/defaultAccounts";
import { directUsers } from "../../../../policies/gcp/iam/directUsers";
import { grantTypes } from "../../../../policies/gcp/iam/grants";
import { impersonation } from "../../../../policies/gcp/iam/impersonation";
import { publicAccount } from "../../../../policies/gcp/iam/publicAccount";
import { publicTopic } from "../../../../policies/gcp/iam/publicTopic";
import { separationOfDuties } from "../../../../policies/gcp/iam/separationOfDuties";
import { publicKey } from "../../../../policies/gcp/kms/publicKey";
import { publicSecret } from "../../../../policies/gcp/secretManager/publicSecret";
import { type Fixture, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const group = "group:developers@acme.example";
const accessor = "roles/secretmanager.secretAccessor";
const policyData = (role: string, ...members: string[]) => JSON.stringify({ bindings: [{ role, members }] });

const onSecret = (member: string) =>
  resource(secretmanager.SecretIamMember, "app", { secretId: "token", role: accessor, member });
const onProject = (role: string, member = group) =>
  resource(projects.IAMMember, "app", { project: "acme", role, member });

/** The same grant in each kind of resource, and where its member stands. */
const everyKind = (role: string, member: string): [string, Fixture, string][] => [
  ["a member", onProject(role, member), "member"],
  ["a binding", resource(projects.IAMBinding, "app", { project: "acme", role, members: [member] }), "members[0]"],
  [
    "a policy",
    resource(projects.IAMPolicy, "app", { project: "acme", policyData: policyData(role, member) }),
    "policyData.bindings[0].members[0]",
  ],
  ["of an organization", resource(organizations.IAMMember, "app", { orgId: "1", role, member }), "member"],
];
const broken = (role: string, member: string, what: string) =>
  Object.fromEntries(
    everyKind(role, member).map(([kind, fixture, path]) => [kind, [fixture, `${path} ${what}`]]),
  ) as Record<string, [Fixture, string]>;

test("the tokens are the SDK's", () => {
  const classes = [secretmanager, kms, pubsub, serviceaccount, projects, organizations].flatMap((module) =>
    Object.values(module).map((one) => (one as { __pulumiType?: string }).__pulumiType),
  );
  const types = grantTypes(["secret", "key", "topic", "serviceAccount", "project", "organization"]);
  expect(types).toHaveLength(24);
  expect(types.filter((type) => !classes.includes(type))).toEqual([]);
});

testRule(publicSecret, {
  passes: {
    "a group": onSecret(group),
    "not known yet": onSecret(unknownYet),
    "another service of a project": onProject("roles/storage.objectViewer", "allUsers"),
  },
  breaks: {
    everybody: [onSecret("allUsers"), "member is everybody"],
    "whoever has an account": [onSecret("allAuthenticatedUsers"), "member is everybody"],
    "a binding": [
      resource(secretmanager.SecretIamBinding, "app", {
        secretId: "token",
        role: accessor,
        members: [group, "allUsers"],
      }),
      "members[1] is everybody",
    ],
    "a policy": [
      resource(secretmanager.SecretIamPolicy, "app", {
        secretId: "token",
        policyData: policyData(accessor, "allUsers"),
      }),
      "policyData.bindings[0].members[0] is everybody",
    ],
    "all secrets of a project": [onProject(accessor, "allUsers"), "member is everybody"],
    "all secrets, for whoever has an account": [
      resource(organizations.IAMMember, "app", { orgId: "1", role: accessor, member: "allAuthenticatedUsers" }),
      "member is everybody",
    ],
    "a regional secret": [
      resource(secretmanager.RegionalSecretIamMember, "app", { secretId: "token", role: accessor, member: "allUsers" }),
      "member is everybody",
    ],
  },
});

const decrypter = "roles/cloudkms.cryptoKeyDecrypter";
testRule(publicKey, {
  passes: { "a group": resource(kms.CryptoKeyIAMMember, "app", { cryptoKeyId: "a", role: decrypter, member: group }) },
  breaks: {
    "a key": [
      resource(kms.CryptoKeyIAMMember, "app", { cryptoKeyId: "a", role: decrypter, member: "allUsers" }),
      "member is everybody",
    ],
    "every key of a project": [onProject(decrypter, "allUsers"), "member is everybody"],
    "a ring": [
      resource(kms.KeyRingIAMBinding, "app", { keyRingId: "a", role: decrypter, members: ["allAuthenticatedUsers"] }),
      "members[0] is everybody",
    ],
  },
});

const actAs = (member: string) =>
  resource(serviceaccount.IAMMember, "app", { serviceAccountId: "a", role: "roles/iam.serviceAccountUser", member });
testRule(publicAccount, {
  passes: { "a group": actAs(group) },
  breaks: { everybody: [actAs("allAuthenticatedUsers"), "member is everybody"] },
});

testRule(publicTopic, {
  passes: {
    "a group": resource(pubsub.TopicIAMMember, "app", { topic: "a", role: "roles/pubsub.publisher", member: group }),
  },
  breaks: {
    everybody: [
      resource(pubsub.TopicIAMMember, "app", { topic: "a", role: "roles/pubsub.publisher", member: "allUsers" }),
      "member is everybody",
    ],
  },
});

testRule(basicRoles, {
  passes: {
    "a predefined role": onProject("roles/secretmanager.viewer"),
    "a custom role": onProject("projects/a/roles/owner"),
  },
  breaks: {
    ...broken("roles/editor", group, "has a basic role"),
    owner: [onProject("roles/owner"), "member has a basic role"],
    viewer: [onProject("roles/viewer"), "member has a basic role"],
    "of the new kind": [onProject("roles/writer"), "member has a basic role"],
  },
});

const account = "serviceAccount:app@acme.iam.gserviceaccount.com";
testRule(impersonation, {
  passes: {
    "on one service account": resource(serviceaccount.IAMMember, "app", {
      serviceAccountId: "a",
      role: "roles/iam.serviceAccountUser",
      member: group,
    }),
  },
  breaks: {
    ...broken("roles/iam.serviceAccountTokenCreator", group, "may act as every service account"),
    "makes keys": [onProject("roles/iam.serviceAccountKeyAdmin"), "member may act as every service account"],
    "grants it": [onProject("roles/iam.serviceAccountAdmin"), "member may act as every service account"],
    user: [onProject("roles/iam.serviceAccountUser"), "member may act as every service account"],
  },
});

testRule(administratorAccounts, {
  passes: {
    "a group that administers": onProject("roles/secretmanager.admin"),
    "one that reads": onProject(accessor, account),
  },
  breaks: {
    ...broken("roles/secretmanager.admin", account, "is a service account that administers"),
    "in one word": [onProject("roles/compute.instanceAdmin", account), "member is a service account that administers"],
    owner: [onProject("roles/owner", account), "member is a service account that administers"],
  },
});

testRule(directUsers, {
  passes: { "a group": onProject(accessor), "a service account": onProject(accessor, account) },
  breaks: broken(accessor, "user:alice@acme.example", "is a user"),
});

testRule(defaultAccounts, {
  passes: { "one of its own": onProject(accessor, account) },
  breaks: {
    ...broken(accessor, "serviceAccount:123456-compute@developer.gserviceaccount.com", "is a default service account"),
    "App Engine's": [
      onProject(accessor, "serviceAccount:acme@appspot.gserviceaccount.com"),
      "member is a default service account",
    ],
  },
});

testRule(authoritative, {
  passes: {
    "a member": onSecret(group),
    "a binding of another role": resource(projects.IAMBinding, "app", {
      project: "a",
      role: "roles/run.viewer",
      members: [],
    }),
  },
  breaks: {
    "a binding": [
      resource(secretmanager.SecretIamBinding, "app", { secretId: "token", role: accessor, members: [group] }),
      "it takes away grants that it does not name",
    ],
    "a policy": [
      resource(secretmanager.RegionalSecretIamPolicy, "app", {
        secretId: "token",
        policyData: policyData(accessor, group),
      }),
      "it takes away grants that it does not name",
    ],
    "of a project": [
      resource(projects.IAMBinding, "app", { project: "a", role: accessor, members: [group] }),
      "it takes the role from whoever else has it",
    ],
    "a policy of other roles": [
      resource(projects.IAMPolicy, "app", { project: "a", policyData: policyData("roles/run.viewer") }),
      "it takes away grants that it does not name",
    ],
    "a project's policy": [
      resource(projects.IAMPolicy, "app", { project: "a", policyData: policyData(accessor, group) }),
      "it takes away grants that it does not name",
    ],
  },
});

const both = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
const administers = resource(projects.IAMMember, "admin", {
  project: "a",
  role: "roles/cloudkms.admin",
  member: group,
});
testRule(separationOfDuties, {
  passes: {
    "two groups": [administers, onProject(both, "group:apps@acme.example")],
    "one that administers": administers,
  },
  breaks: {
    "one group": [
      [administers, onProject(both)],
      ["app", "member administers keys too"],
    ],
    "on a key": [
      [administers, resource(kms.CryptoKeyIAMMember, "app", { cryptoKeyId: "a", role: decrypter, member: group })],
      ["app", "member administers keys too"],
    ],
  },
});
