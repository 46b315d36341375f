import { decide } from "./decide";
import type { Recorded } from "./recorded";

const project = { id: "ai-startup", number: "1" };
const secretId = "vantedge--production--a";
const member = "user:jo@ai-startup.example";
const accessor = "roles/secretmanager.secretAccessor";
const jo = { members: [member] };
const request = {
  permission: "secretmanager.versions.access",
  place: { project, secretId },
  time: new Date("2026-11-25T12:00:00Z"),
};
const none: Recorded = { bindings: [], roles: {}, denials: [] };
const bound = (condition?: string, more = {}): Recorded => ({
  ...none,
  bindings: [
    { role: accessor, member, project: project.id, ...(condition === undefined ? {} : { condition }), ...more },
  ],
});

// biome-ignore format: a table
test.each<[string, Recorded, string]>([
  ["without a binding",                         none,                                                                      "Deny"],
  ["by a binding on the project",               bound(),                                                                   "Allow"],
  ["by a binding on the secret",                bound(undefined, { secret: { id: secretId } }),                            "Allow"],
  ["by one on another secret",                  bound(undefined, { secret: { id: "b" } }),                                 "Deny"],
  ["by one on the regional secret of its name", bound(undefined, { secret: { id: secretId, location: "europe-west3" } }),  "Deny"],
  ["by one on another project",                 bound(undefined, { project: "other" }),                                    "Deny"],
  ["by one of somebody else",                   bound(undefined, { member: "user:jo@evil.example" }),                      "Deny"],
  ["by one of everybody",                       bound(undefined, { member: "allAuthenticatedUsers" }),                     "Allow"],
  ["by a role without the permission",          bound(undefined, { role: "roles/secretmanager.viewer" }),                  "Deny"],
  ["where the condition knows the number",      bound(`resource.name == "projects/1/secrets/${secretId}/versions/1"`),     "Allow"],
  ["where it has the id",                       bound(`resource.name.startsWith("projects/ai-startup/")`),                 "Deny"],
  ["where it knows the service",                bound('resource.service == "secretmanager.googleapis.com"'),               "Allow"],
  ["where it knows the kind",                   bound('resource.type == "secretmanager.googleapis.com/SecretVersion"'),    "Allow"],
  ["where it has another kind",                 bound('resource.type == "secretmanager.googleapis.com/Secret"'),           "Deny"],
  ["where the time has come",                   bound('request.time < timestamp("2026-11-25T12:00:00Z")'),                 "Deny"],
  ["where it has not come",                     bound('request.time < timestamp("2026-11-25T12:00:01Z")'),                 "Allow"],
  ["where it can't be decided",                 bound("resource.owner == 1"),                                              "Deny"],
  ["where it is no yes or no",                  bound("resource.name"),                                                    "Deny"],
])("a value is read %s: %j: %s", (_, recorded, wanted) => {
  expect(decide(jo, request, recorded)).toBe(wanted);
});

const pool = "//iam.googleapis.com/projects/2/locations/global/workloadIdentityPools/clusters.svc.id.goog";
const permissions = ["secretmanager.googleapis.com/versions.access"];
const everybody = ["principalSet://goog/public:all"];
const denying = (excepted: string[], more = {}): Recorded["denials"] => [
  { project: project.id, rules: [{ denied: everybody, permissions, excepted, ...more }] },
];

// biome-ignore format: a table
test.each<[string, string, Recorded["denials"], string]>([
  ["everybody",                       "user:a@b.example",                         denying([]),                                                                             "Deny"],
  ["in another project",              "user:a@b.example",                         [{ project: "other", rules: denying([])[0]?.rules ?? [] }],                              "Allow"],
  ["another permission",              "user:a@b.example",                         denying([], { permissions: ["secretmanager.googleapis.com/versions.get"] }),             "Allow"],
  ["others",                          "user:a@b.example",                         denying([], { denied: ["principal://goog/subject/c@b.example"] }),                       "Allow"],
  ["all but the user",                "user:a@b.example",                         denying(["principal://goog/subject/a@b.example"]),                                       "Allow"],
  ["all but one of another domain",   "user:a@b.example",                         denying(["principal://goog/subject/a@c.example"]),                                       "Deny"],
  ["all but the group",               "group:a@b.example",                        denying(["principalSet://goog/group/a@b.example"]),                                      "Allow"],
  ["all but a group of the name",     "user:a@b.example",                         denying(["principalSet://goog/group/a@b.example"]),                                      "Deny"],
  ["all but the service account",     "serviceAccount:a@b.example",               denying(["principal://iam.googleapis.com/projects/-/serviceAccounts/a@b.example"]),      "Allow"],
  ["all but the pod",                 `principal:${pool}/subject/ns/apps/sa/a`,   denying([`principal:${pool}/subject/ns/apps/sa/a`]),                                     "Allow"],
  ["all but the pool",                `principal:${pool}/subject/ns/apps/sa/a`,   denying([`principalSet:${pool}/*`]),                                                     "Allow"],
  ["all but another pool",            `principal:${pool}/subject/ns/apps/sa/a`,   denying([`principalSet:${pool.replace("/2/", "/3/")}/*`]),                               "Deny"],
  ["all but members as bindings say", "group:a@b.example",                        denying(["group:a@b.example"]),                                                          "Deny"],
])("a deny policy that keeps out %s: %s", (_, caller, denials, wanted) => {
  const recorded = { ...bound(undefined, { member: caller }), denials };
  expect(decide({ members: [caller] }, request, recorded)).toBe(wanted);
});

test("what can't be decided rightly is an error", () => {
  expect(() => decide(jo, request, bound(undefined, { role: "roles/unknown" }))).toThrow("role roles/unknown: ");
  expect(() => decide(jo, request, bound("resource.name ="))).toThrow();
  expect(() => decide(jo, { ...request, place: { project } }, none)).toThrow("is asked of a secret");
});
