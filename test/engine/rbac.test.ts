import { allows, type Permission, type RoleName, roleNames } from "../../components/roles";
import { kubernetes, secretsIn } from "./support/kubernetes";
import { Project } from "./support/project";

const arn = (role: string) => ({ arn: `arn:aws:iam::111122223333:role/${role}` });

/** The second workspace has admins only. Of a Job's binding, the Secrets' names stay. */
const program = `
const { DeploymentBinding, Secret, Workspace } = require("vantedge-secrets");
const aws = { region: "us-east-1", accountId: "111122223333" };
const workspace = new Workspace("rbac", {
  organization: "Acme",
  aws,
  roles: ${JSON.stringify({ viewers: [arn("auditors")], members: [arn("developers")], admins: [arn("leads")] })},
  kubernetes: {
    namespace: "rbac",
    subjects: {
      viewers: [{ user: "auditor@example.com" }],
      members: [{ group: "developers@example.com" }],
      admins: [{ user: "lead@example.com" }],
      owners: [{ serviceAccount: { name: "founder", namespace: "default" } }],
    },
  },
});
const secret = (secretName) =>
  new Secret(secretName, { workspace: workspace.ref, secretName, value: "canary", recoveryWindowInDays: 0 });
const secrets = ["api-key", "jwt"].map(secret);
const values = Object.fromEntries(
  ["api-key", "jwt"].map((name, index) => [name, { value: "canary", versionId: secrets[index].versionId }]),
);
new DeploymentBinding("agent", {
  workspace: workspace.ref,
  workload: "Job",
  delivery: "native",
  env: { API_KEY: { secret: "api-key" }, JWT: { secret: "jwt" } },
  values,
});
new Workspace("rbac-other", {
  organization: "Acme",
  aws,
  roles: { admins: [${JSON.stringify(arn("leads"))}] },
  kubernetes: { namespace: "rbac-other" },
});
`;

/** Somebody as the cluster knows them. */
interface Identity {
  user: string;
  groups: string[];
}

const inGroup = (group: string): Identity => ({ user: "jo", groups: [group] });

/** Each role as it is mapped: by its group, and by the subject that was given. */
const identities: Record<RoleName, Identity[]> = {
  viewer: [inGroup("vantedge:rbac:viewer"), { user: "auditor@example.com", groups: [] }],
  member: [inGroup("vantedge:rbac:member"), inGroup("developers@example.com")],
  admin: [inGroup("vantedge:rbac:admin"), { user: "lead@example.com", groups: [] }],
  owner: [inGroup("vantedge:rbac:owner"), { user: "system:serviceaccount:default:founder", groups: [] }],
};

const outsiders: Record<string, Identity> = {
  "somebody without a group": { user: "jo", groups: [] },
  "another workspace's admin": inGroup("vantedge:rbac-other:admin"),
  "a group whose name begins alike": inGroup("vantedge:rbac:admin2"),
  "a user by a group's name": { user: "vantedge:rbac:owner", groups: [] },
  "the ServiceAccount of that name in the namespace": { user: "system:serviceaccount:rbac:founder", groups: [] },
};

const see = ["get", "list", "watch"];
const change = ["create", "update", "patch", "delete", "deletecollection"];

interface Asked {
  resource: string;
  verbs: string[];
  group?: string;
  subresource?: string;
  name?: string;
}

/** Who may do it: whoever has this permission of the role matrix, or nobody. */
const table: [Permission | "nobody", Asked][] = [
  ["list", { group: "external-secrets.io", resource: "externalsecrets", verbs: see }],
  ["list", { group: "external-secrets.io", resource: "externalsecrets", subresource: "status", verbs: ["get"] }],
  ["list", { group: "external-secrets.io", resource: "secretstores", verbs: see }],
  ["list", { group: "external-secrets.io", resource: "secretstores", subresource: "status", verbs: ["get"] }],
  ["list", { group: "secrets-store.csi.x-k8s.io", resource: "secretproviderclasses", verbs: see }],
  ["list", { group: "secrets-store.csi.x-k8s.io", resource: "secretproviderclasspodstatuses", verbs: see }],
  ["list", { group: "secret-sync.gke.io", resource: "secretsyncs", verbs: see }],
  ["list", { group: "secret-sync.gke.io", resource: "secretsyncs", subresource: "status", verbs: ["get"] }],
  ["retrieve", { resource: "events", verbs: see }],
  ["retrieve", { group: "events.k8s.io", resource: "events", verbs: see }],
  ["retrieve", { resource: "secrets", name: "agent-api-key", verbs: ["get"] }],
  ["retrieve", { resource: "secrets", name: "agent-jwt", verbs: ["get"] }],
  ["nobody", { resource: "secrets", name: "agent-api-key", verbs: ["list", "watch", ...change] }],
  ["nobody", { resource: "secrets", name: "other-api-key", verbs: see }],
  ["nobody", { resource: "secrets", verbs: [...see, ...change] }],
  ["nobody", { group: "external-secrets.io", resource: "externalsecrets", verbs: change }],
  ["nobody", { group: "external-secrets.io", resource: "externalsecrets", subresource: "status", verbs: change }],
  ["nobody", { group: "external-secrets.io", resource: "secretstores", verbs: change }],
  ["nobody", { group: "external-secrets.io", resource: "pushsecrets", verbs: [...see, ...change] }],
  ["nobody", { group: "secrets-store.csi.x-k8s.io", resource: "secretproviderclasses", verbs: change }],
  ["nobody", { group: "secret-sync.gke.io", resource: "secretsyncs", verbs: change }],
  ["nobody", { resource: "pods", verbs: [...see, ...change] }],
  ["nobody", { resource: "pods", subresource: "exec", verbs: ["get", "create"] }],
  ["nobody", { resource: "pods", subresource: "log", verbs: ["get"] }],
  ["nobody", { resource: "pods", subresource: "ephemeralcontainers", verbs: ["update", "patch"] }],
  ["nobody", { group: "apps", resource: "deployments", verbs: ["create", "update", "patch"] }],
  ["nobody", { group: "batch", resource: "jobs", verbs: ["create"] }],
  ["nobody", { resource: "serviceaccounts", verbs: [...see, ...change, "impersonate"] }],
  ["nobody", { resource: "serviceaccounts", subresource: "token", verbs: ["create"] }],
  ["nobody", { resource: "configmaps", verbs: [...see, ...change] }],
  ["nobody", { group: "rbac.authorization.k8s.io", resource: "roles", verbs: [...see, ...change, "bind", "escalate"] }],
  ["nobody", { group: "rbac.authorization.k8s.io", resource: "rolebindings", verbs: [...see, ...change] }],
];

type Decisions = Record<string, boolean>;

const attributes = ({ verbs, ...asked }: Asked) => verbs.map((verb) => ({ ...asked, verb }));
const keyOf = ({ verb, group = "", resource, subresource, name = "" }: ReturnType<typeof attributes>[number]) =>
  `${verb} ${[group, resource, subresource].filter(Boolean).join("/")} ${name}`.trim();

function expected(may: (permission: Permission) => boolean): Decisions {
  const rows = table.flatMap(([permission, asked]) =>
    attributes(asked).map((one) => [keyOf(one), permission !== "nobody" && may(permission)] as const),
  );
  return Object.fromEntries(rows);
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access */
async function decisions(identity: Identity, namespace = "rbac"): Promise<Decisions> {
  const answers = table
    .flatMap(([, asked]) => attributes(asked))
    .map(async (one) => {
      const review = {
        apiVersion: "authorization.k8s.io/v1",
        kind: "SelfSubjectAccessReview",
        spec: { resourceAttributes: { namespace, ...one } },
      };
      const answer = await as(identity, "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review);
      const { status } = answer.body as { status: { allowed: boolean } };
      return [keyOf(one), status.allowed] as const;
    });
  return Object.fromEntries(await Promise.all(answers));
}

function as({ user, groups }: Identity, method: string, resource: string, body?: object) {
  const [group] = groups;
  return kubernetes(method, resource, body, {
    "Impersonate-User": user,
    ...(group === undefined ? {} : { "Impersonate-Group": group }),
  });
}

let project: Project;
beforeAll(async () => {
  project = await Project.ofProgram("rbac", program);
});
afterAll(() => project.end());

test("up makes the Roles of whoever somebody is, and up again changes nothing", async () => {
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, steps: [] });
  const rolesIn = async (namespace: string) => {
    const { body } = await kubernetes("GET", `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/roles`);
    return (body as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name);
  };
  await expect(rolesIn("rbac")).resolves.toEqual([
    "agent-values",
    "vantedge-admin",
    "vantedge-member",
    "vantedge-owner",
    "vantedge-viewer",
  ]);
  await expect(rolesIn("rbac-other")).resolves.toEqual(["vantedge-admin"]);
});

test("the table is as wide as it has to be", () => {
  expect(Object.keys(expected(() => true)).length * roleNames.length).toBeGreaterThan(120);
});

test.each(roleNames)(
  "the %s may do in the namespace what the matrix says, however mapped, and nothing else",
  async (role) => {
    for (const identity of identities[role]) {
      expect({ identity, ...(await decisions(identity)) }).toEqual({
        identity,
        ...expected((permission) => allows(role, permission)),
      });
    }
  },
);

test.each(Object.entries(outsiders))("%s may do nothing", async (_, identity) => {
  expect(await decisions(identity)).toEqual(expected(() => false));
});

test("what somebody may in one workspace's namespace, they may not in another's", async () => {
  for (const identity of roleNames.flatMap((role) => identities[role])) {
    expect({ identity, ...(await decisions(identity, "rbac-other")) }).toEqual({ identity, ...expected(() => false) });
  }
});

test("the API server does as it says: named Secrets are read, others are not, and nobody lists", async () => {
  const secrets = "/api/v1/namespaces/rbac/secrets";
  await kubernetes("POST", secrets, { metadata: { name: "other-api-key" }, stringData: { value: "canary" } });
  expect(Object.keys(await secretsIn("rbac"))).toEqual(["agent-api-key", "agent-jwt", "other-api-key"]);
  const statuses = async (identity: Identity) => {
    const places = [`${secrets}/agent-api-key`, `${secrets}/other-api-key`, secrets, `${secrets}?watch=true`];
    return Promise.all(places.map(async (place) => (await as(identity, "GET", place)).status));
  };
  for (const role of roleNames) {
    for (const identity of identities[role]) {
      expect([role, ...(await statuses(identity))]).toEqual([
        role,
        allows(role, "retrieve") ? 200 : 403,
        403,
        403,
        403,
      ]);
    }
  }
});
