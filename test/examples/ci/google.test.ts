import { run as evaluate } from "@bufbuild/cel";
import { deployerDefinition } from "../../../components/gcp/deployer";
import program from "../../../examples/ci/google";
import preview from "../../../examples/ci/google/policies/preview.json";
import { type Provider, providers } from "../../../examples/ci/google/providers";
import { decide } from "../../proof/gcp/decide";
import { levelOf, permissions } from "../../proof/gcp/permissions";
import type { Recorded } from "../../proof/gcp/recorded";
import { attempt, named, only, type Registered, run } from "../../support/mocks";

const forges = { github: { ownerId: "123", repositoryId: "456" }, gitlab: { projectId: "789" } };
const made = providers(forges);

type Forge = "github" | "gitlab";
type Claims = { [name: string]: string };

/** Which job a token is let in as, decided by a CEL library that we did not write; what fails lets nobody in. */
function letIn(forge: Forge, claims: Claims, { job, condition } = made[forge] as Provider): string {
  const assertion = new Map(Object.entries(claims));
  const attribute = new Map([["job", evaluate(job, { assertion }) as string]]);
  return evaluate(condition, { assertion, attribute }) === true ? (attribute.get("job") as string) : "nobody";
}

const main = { event_name: "push", ref: "refs/heads/main", environment: "production" };
const pull = { event_name: "pull_request", ref: "refs/pull/7/merge" };
const pushed = { pipeline_source: "push", ref_type: "branch", ref: "main", ref_protected: "true" };
const merge = { pipeline_source: "merge_request_event", ref_type: "branch", ref: "fix", ref_protected: "false" };
const onGitHub = (claims: Claims) => ({ repository_id: "456", repository_owner_id: "123", ...claims });
const onGitLab = (claims: Claims) => ({ project_id: "789", ...claims });

// biome-ignore format: a table
const rows: [who: string, forge: Forge, claims: Claims, as: string][] = [
  ["a pull request",                    "github", onGitHub(pull),                                                    "preview"],
  ["main in production",                "github", onGitHub(main),                                                    "deploy"],
  ["main without the environment",      "github", onGitHub({ event_name: "push", ref: "refs/heads/main" }),          "nobody"],
  ["another environment",               "github", onGitHub({ ...main, environment: "staging" }),                     "nobody"],
  ["another branch in production",      "github", onGitHub({ ...main, ref: "refs/heads/fix" }),                      "nobody"],
  ["a tag called main",                 "github", onGitHub({ ...main, ref: "refs/tags/main" }),                      "nobody"],
  ["a pull request in production",      "github", onGitHub({ ...pull, environment: "production" }),                  "preview"],
  ["pull_request_target",               "github", onGitHub({ ...main, event_name: "pull_request_target" }),          "nobody"],
  ["main by hand",                      "github", onGitHub({ ...main, event_name: "workflow_dispatch" }),            "nobody"],
  ["a fork's own main",                 "github", onGitHub({ ...main, repository_id: "666", repository_owner_id: "9" }), "nobody"],
  ["a fork's own pull request",         "github", onGitHub({ ...pull, repository_id: "666", repository_owner_id: "9" }), "nobody"],
  ["another repository of ours",        "github", onGitHub({ ...main, repository_id: "457" }),                       "nobody"],
  ["a repository that changed hands",   "github", onGitHub({ ...main, repository_owner_id: "9" }),                   "nobody"],
  ["a merge request",                   "gitlab", onGitLab(merge),                                                   "preview"],
  ["the main branch",                   "gitlab", onGitLab(pushed),                                                  "deploy"],
  ["a merge request of main itself",    "gitlab", onGitLab({ ...pushed, pipeline_source: "merge_request_event" }),   "preview"],
  ["main by hand",                      "gitlab", onGitLab({ ...pushed, pipeline_source: "web" }),                   "nobody"],
  ["main without protection",           "gitlab", onGitLab({ ...pushed, ref_protected: "false" }),                   "nobody"],
  ["another branch",                    "gitlab", onGitLab({ ...pushed, ref: "main-2" }),                            "nobody"],
  ["a tag called main",                 "gitlab", onGitLab({ ...pushed, ref_type: "tag" }),                          "nobody"],
  ["a fork's merge request",            "gitlab", onGitLab({ ...merge, project_id: "666" }),                         "nobody"],
  ["a fork's own main",                 "gitlab", onGitLab({ ...pushed, project_id: "666" }),                        "nobody"],
];

test.each(rows)("%s on %s", (_, forge, claims, as) => {
  expect(letIn(forge, claims)).toBe(as);
});

/** Each comparison by itself taken for true. The test whether there is an environment only keeps from a failure. */
function loosened(provider: Provider): [string, Provider][] {
  return (["job", "condition"] as const).flatMap((part) => {
    const text = provider[part];
    return [...text.matchAll(/(?:assertion|attribute)\.\w+ [!=]= '[^']*'/g)].map((found): [string, Provider] => {
      const put = `${text.slice(0, found.index)}true${text.slice(found.index + found[0].length)}`;
      return [found[0], { ...provider, [part]: put }];
    });
  });
}

test.each(["github", "gitlab"] as const)("a comparison that is missing for %s is told by a row", (forge) => {
  const ofForge = rows.filter(([, of]) => of === forge);
  const faulty = loosened(made[forge] as Provider);
  expect(faulty.length).toBeGreaterThan(5);
  const alive = faulty.filter(([, put]) => ofForge.every(([, , claims, as]) => letIn(forge, claims, put) === as));
  expect(alive.map(([name]) => name)).toEqual([]);
});

test.each(["*", "4' || true || '", "", "456 "])("the number of a repository is one, not %j", (repositoryId) => {
  expect(() => providers({ github: { ...forges.github, repositoryId } })).toThrow(
    "repositoryId is missing, or no number",
  );
});

const config = {
  "project:projectId": "acme-production",
  "project:projectNumber": "111222333444",
  "project:stateBucket": "acme-pulumi-state",
  "project:github": JSON.stringify(forges.github),
  "project:gitlab": JSON.stringify(forges.gitlab),
};
const jobs =
  "principalSet://iam.googleapis.com/projects/111222333444/locations/global/workloadIdentityPools/vantedge-ci/attribute.job";
const stack = "organization/vantedge/production";
const definition = deployerDefinition({
  ref: { name: "production" } as never,
  sharing: "conditions" as never,
  roleParent: undefined,
});
const setting = {
  config: { ...config, "project:stack": stack },
  kept: { [stack]: { outputs: { workspaces: { production: { deployerPolicy: definition } } } } },
};

/** What the program gives to whom, on the project. */
function recorded(resources: readonly Registered[]): Recorded {
  const roles = Object.values(named([...resources], "gcp:projects/iAMCustomRole:IAMCustomRole"));
  const full = (inputs: Record<string, unknown>) => `projects/${inputs.project}/roles/${inputs.roleId}`;
  const members = Object.values(named([...resources], "gcp:projects/iAMMember:IAMMember"));
  return {
    roles: Object.fromEntries(roles.map(({ inputs }) => [full(inputs), inputs.permissions as string[]])),
    bindings: members.map(({ name, inputs }) => ({
      project: inputs.project as string,
      member: inputs.member as string,
      // The role's name is what the cloud gives; it is bound under the name of the role.
      role: full(roles.find((role) => role.name === name)?.inputs as Record<string, unknown>),
    })),
    denials: [],
  };
}

const place = { project: { id: "acme-production", number: "111222333444" } };
const time = new Date("2026-12-01T12:00:00Z");
const allowedTo = (job: string, given: Recorded) =>
  permissions.filter((permission) => {
    const where = levelOf(permission) === "project" ? place : { ...place, secretId: "production-db" };
    return decide({ members: [`${jobs}/${job}`] }, { permission, place: where, time }, given) === "Allow";
  });

test("a preview describes and lists, and nothing else that Secret Manager does or that leads to its secrets", async () => {
  expect(preview.filter((permission) => !/\.(get|list|getIamPolicy)$/.test(permission))).toEqual([]);
  const { resources } = await run(program, setting);
  expect(allowedTo("preview", recorded(resources))).toEqual(
    permissions.filter((permission) => preview.includes(permission)),
  );
});

test("the deployer has what the workspace asks for, and reads no value", async () => {
  const { resources } = await run(program, setting);
  const allowed = allowedTo("deploy", recorded(resources));
  expect(allowed).toContain("secretmanager.versions.add");
  expect(allowed).not.toContain("secretmanager.versions.access");
  expect(allowed).toEqual(permissions.filter((one) => JSON.parse(definition).includedPermissions.includes(one)));
});

test("whoever is let in as none of the two has nothing", async () => {
  const { resources } = await run(program, setting);
  expect(allowedTo("none", recorded(resources))).toEqual([]);
});

test("the state is read by one and kept by the other", async () => {
  const { resources } = await run(program, setting);
  const grants = Object.values(named(resources, "gcp:storage/bucketIAMMember:BucketIAMMember"));
  expect(grants.map(({ inputs }) => inputs)).toEqual([
    { bucket: "acme-pulumi-state", role: "roles/storage.objectViewer", member: `${jobs}/preview` },
    { bucket: "acme-pulumi-state", role: "roles/storage.objectUser", member: `${jobs}/deploy` },
  ]);
});

test("the providers check what was decided above", async () => {
  const { resources } = await run(program, { config });
  for (const forge of ["github", "gitlab"]) {
    const { inputs } = only(resources, "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider", forge);
    expect(inputs).toEqual({
      project: "acme-production",
      workloadIdentityPoolId: "vantedge-ci",
      workloadIdentityPoolProviderId: forge,
      attributeMapping: { "google.subject": "assertion.sub", "attribute.job": made[forge]?.job },
      attributeCondition: made[forge]?.condition,
      oidc: { issuerUri: made[forge]?.issuer },
    });
  }
});

test("without a forge there is nobody to let in", async () => {
  const { "project:github": _, "project:gitlab": __, ...neither } = config;
  const { errors } = await attempt(program, { config: neither });
  expect(errors).toEqual(["set github, gitlab, or both: see README.md"]);
});
