import { output } from "@pulumi/pulumi";
import { mendedByUp } from "../../../components/kubernetes/namespace";
import { createValueReaders, rulesOf } from "../../../components/kubernetes/rbac";
import { type KubernetesSubjectArgs, Workspace, type WorkspaceArgs, workspaceRef } from "../../../index";
import { labels, production, ref } from "../../support/fixtures";
import { attempt, named, only, run, summary } from "../../support/mocks";

const roleType = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const bindingType = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const apiGroup = "rbac.authorization.k8s.io";
const group = (role: string) => ({ apiGroup, kind: "Group", name: `vantedge:production:${role}` });

const provision = (kubernetes: Partial<WorkspaceArgs["kubernetes"]>, more: Partial<WorkspaceArgs> = {}) =>
  run(() => {
    new Workspace("production", { ...production, kubernetes: { namespace: "apps", ...kubernetes }, ...more });
  });

test("each role that somebody has is a Role and a RoleBinding to its group, once the namespace is there", async () => {
  const { resources } = await provision({});
  const metadata = { name: "vantedge-member", namespace: "apps", labels, annotations: mendedByUp };
  expect(only(resources, roleType, "production-member").inputs).toEqual({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata,
    rules: rulesOf("member"),
  });
  expect(only(resources, bindingType, "production-member").inputs).toEqual({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup, kind: "Role", name: "vantedge-member" },
    subjects: [group("member")],
  });
  expect(only(resources, roleType, "production-member").options.dependencies).toEqual(["production-namespace"]);
  const roles = ["viewer", "member", "admin", "owner"].map((role) => `production-${role}`);
  expect(Object.keys(named(resources, roleType))).toEqual(roles);
  expect(Object.keys(named(resources, bindingType))).toEqual(roles);
});

test("the rights: nobody lists Secrets, starts pods, mints tokens or writes anything", () => {
  const see = ["get", "list", "watch"];
  const delivered = [
    {
      apiGroups: ["external-secrets.io"],
      resources: ["externalsecrets", "externalsecrets/status", "secretstores", "secretstores/status"],
      verbs: see,
    },
    {
      apiGroups: ["secrets-store.csi.x-k8s.io"],
      resources: ["secretproviderclasses", "secretproviderclasspodstatuses"],
      verbs: see,
    },
    { apiGroups: ["secret-sync.gke.io"], resources: ["secretsyncs", "secretsyncs/status"], verbs: see },
  ];
  const events = { apiGroups: ["", "events.k8s.io"], resources: ["events"], verbs: see };
  expect(["viewer", "member", "admin", "owner"].map((role) => rulesOf(role as "viewer"))).toEqual([
    delivered,
    delivered,
    [...delivered, events],
    [...delivered, events],
  ]);
});

test("subjects are bound beside the group, and a role that nobody else has is made for them", async () => {
  const subjects = {
    viewers: [{ user: "auditor@example.com" }],
    owners: [{ group: "founders" }, { serviceAccount: { name: "deploy", namespace: "ci" } }],
  };
  const { resources } = await provision({ subjects }, { roles: {} });
  const bindings = Object.entries(named(resources, bindingType));
  expect(bindings.map(([name, { inputs }]) => [name, inputs.subjects])).toEqual([
    ["production-viewer", [group("viewer"), { apiGroup, kind: "User", name: "auditor@example.com" }]],
    [
      "production-owner",
      [
        group("owner"),
        { apiGroup, kind: "Group", name: "founders" },
        { kind: "ServiceAccount", name: "deploy", namespace: "ci" },
      ],
    ],
  ]);
});

test("an existing role counts, in a namespace that is there already; without kubernetes nothing is made", async () => {
  const existingRoles = { viewer: "arn:aws:iam::111122223333:role/auditors" };
  const existing = await provision({ createNamespace: false }, { roles: {}, existingRoles });
  expect(summary(existing.resources).filter((line) => line.startsWith("kubernetes:"))).toEqual([
    `${roleType} production-viewer`,
    `${bindingType} production-viewer`,
  ]);
  const nowhere = await run(() => new Workspace("production", production));
  expect(summary(nowhere.resources).filter((line) => line.startsWith("kubernetes:"))).toEqual([]);
});

const valueReaders = (secretNames: string[], more: { valueReaders?: KubernetesSubjectArgs[] } = {}) =>
  run(() =>
    createValueReaders(
      "agent",
      {
        workspace: workspaceRef({ ...ref, ...more }),
        binding: "agent",
        secretNames: secretNames.map((secretName) => output(secretName)),
        annotations: output<Record<string, string>>({ record: "1" }),
      },
      {},
    ),
  );

test("who retrieves values reads a binding's Secrets by name, each once", async () => {
  const readers = [{ user: "lead@example.com" }];
  const { resources } = await valueReaders(["agent-b-1", "agent-a-1", "agent-b-1"], { valueReaders: readers });
  const metadata = {
    name: "agent-values",
    namespace: "production",
    labels: { ...labels, "vantedge.run/binding": "agent" },
    annotations: mendedByUp,
  };
  expect(only(resources, roleType).inputs).toMatchObject({
    metadata: { ...metadata, annotations: { ...mendedByUp, record: "1" } },
    rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["agent-a-1", "agent-b-1"], verbs: ["get"] }],
  });
  expect(only(resources, bindingType).inputs).toMatchObject({
    metadata,
    roleRef: { apiGroup, kind: "Role", name: "agent-values" },
    subjects: [group("admin"), group("owner"), { apiGroup, kind: "User", name: "lead@example.com" }],
  });
});

test("a binding without Secrets has no such Role: without names it would be one for all", async () => {
  expect((await valueReaders([])).resources).toEqual([]);
});

test("the workspace's reference names the subjects that retrieve values", () =>
  run(() => {
    const subjects = { members: [{ user: "m" }], admins: [{ user: "a" }], owners: [{ group: "o" }] };
    const workspace = new Workspace("production", { ...production, kubernetes: { namespace: "apps", subjects } });
    expect(workspace.ref.valueReaders).toEqual([{ user: "a" }, { group: "o" }]);
    expect(new Workspace("other", production).ref).not.toHaveProperty("valueReaders");
  }));

const system = "begins with system:, as names do that stand for everybody or for parts of the cluster: name your own";

test.each<[string, KubernetesSubjectArgs, string]>([
  ["everybody who is logged in", { group: "system:authenticated" }, `group: ${system}`],
  ["everybody who isn't", { group: "system:unauthenticated" }, `group: ${system}`],
  ["every ServiceAccount", { group: "system:serviceaccounts" }, `group: ${system}`],
  ["those of a namespace", { group: "system:serviceaccounts:apps" }, `group: ${system}`],
  ["nobody in particular", { user: "system:anonymous" }, `user: ${system}`],
  [
    "a ServiceAccount as a user",
    { user: "system:serviceaccount:ci:deploy" },
    "user: is a ServiceAccount: give it as serviceAccount: { name, namespace }",
  ],
  [
    "a ServiceAccount of no name",
    { serviceAccount: { name: "De_ploy", namespace: "ci" } },
    "serviceAccount.name: must be a ServiceAccount's name: lower-case letters, digits, hyphens and dots",
  ],
  ["an empty name", { user: "" }, "user: is empty: give it a text"],
])("bad input: %s", async (_, subject, problem) => {
  const kubernetes = { namespace: "apps", subjects: { viewers: [subject] } };
  const { resources, errors } = await attempt(() => new Workspace("production", { ...production, kubernetes }));
  expect(errors).toEqual([`Workspace "production": kubernetes.subjects.viewers[0].${problem}`]);
  expect(resources).toEqual([]);
});

test("a subject is exactly one", async () => {
  const both = await attempt(() => workspaceRef({ ...ref, valueReaders: [{ user: "a", group: "b" }] }));
  expect(both.errors).toEqual([
    'WorkspaceRef "production": valueReaders[0]: exactly one of user, group, serviceAccount must be set; user and group are set',
  ]);
});
