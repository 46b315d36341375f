import { documents, issuers } from "../../../examples/ci/roles/documents";
import type { Document } from "../../proof/documents";
import type { Decision } from "../../proof/simulate";
import { decideTrust, type Taker, token } from "../../proof/trust";
import { trustMutantsOf } from "../../proof/trustMutants";
import { accountId, arn } from "../../support/fixtures";
import { settings } from "./settings";

const made = documents(settings);
const trust = {
  preview: JSON.parse(made.preview.trust) as Document,
  deployer: JSON.parse(made.deployer.trust) as Document,
};

type Claims = { [name: string]: string };

/** A token with the claims that AWS compares: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
function withClaims(issuer: string, sub: string, claims: Claims, aud?: string, account?: string): Taker {
  const taker = token(issuer, sub, aud, account);
  const compared = Object.entries(claims).map(([name, value]) => [`${issuer}:${name}`, value]);
  return { ...taker, context: { ...taker.context, ...Object.fromEntries(compared) } };
}

/** Of GitHub's tokens those claims that AWS compares: https://docs.github.com/en/actions/reference/security/oidc */
function github(
  what: string,
  ref: string,
  { names = "acme/infrastructure", id = "456", ...other } = {} as Given,
): Taker {
  const claims = { repository_id: id, ref };
  return withClaims(issuers.github, `repo:${names}:${what}`, claims, other.aud, other.account);
}

/** And of GitLab's: https://docs.gitlab.com/ci/secrets/id_token_authentication/ */
function gitlab(
  ref: string,
  source: string,
  { names = "acme/infrastructure", id = "789", ...other } = {} as Given,
): Taker {
  const isProtected = other.unprotected ? "false" : `${ref === "branch:ref:main"}`;
  const claims = { project_id: id, pipeline_source: source, ref_protected: isProtected };
  const sub = `project_path:${names}:ref_type:${ref}`;
  return withClaims(issuers.gitlab, sub, claims, other.aud, other.account);
}

interface Given {
  names?: string;
  id?: string;
  aud?: string;
  account?: string;
  unprotected?: boolean;
}

const pull = "refs/pull/7/merge";
const main = "refs/heads/main";
/** How repositories are called in tokens that name their numbers too. */
const immutable = "acme@123/infrastructure@456";
const elsewhere = "999988887777";

// biome-ignore format: a table
const rows: [who: string, taker: Taker, previews: Decision, deploys: Decision][] = [
  ["GitHub: a pull request",                     github("pull_request", pull),                                             "Allow", "Deny"],
  ["GitHub: the main branch, in production",     github("environment:production", main),                                   "Deny",  "Allow"],
  ["GitHub: a pull request, with numbers",       github("pull_request", pull, { names: immutable }),                       "Allow", "Deny"],
  ["GitHub: main in production, with numbers",   github("environment:production", main, { names: immutable }),             "Deny",  "Allow"],
  ["GitHub: main without the environment",       github("ref:refs/heads/main", main),                                      "Deny",  "Deny"],
  ["GitHub: another branch",                     github("ref:refs/heads/fix", "refs/heads/fix"),                           "Deny",  "Deny"],
  ["GitHub: another branch, in production",      github("environment:production", "refs/heads/fix"),                       "Deny",  "Deny"],
  ["GitHub: a branch of a name that goes on",    github("environment:production", "refs/heads/main-2"),                    "Deny",  "Deny"],
  ["GitHub: a tag called main",                  github("environment:production", "refs/tags/main"),                       "Deny",  "Deny"],
  ["GitHub: a pull request, in production",      github("environment:production", pull),                                   "Deny",  "Deny"],
  ["GitHub: another environment",                github("environment:staging", main),                                      "Deny",  "Deny"],
  ["GitHub: an environment in capitals",         github("environment:Production", main),                                   "Deny",  "Deny"],
  ["GitHub: an environment that goes on",        github("environment:production-2", main),                                 "Deny",  "Deny"],
  ["GitHub: a fork's own pull request",          github("pull_request", pull, { names: "mallory/infrastructure", id: "666" }), "Deny", "Deny"],
  ["GitHub: a fork's own main",                  github("environment:production", main, { names: "mallory/infrastructure", id: "666" }), "Deny", "Deny"],
  ["GitHub: a fork's main, with numbers",        github("environment:production", main, { names: "mallory@9/infrastructure@666", id: "666" }), "Deny", "Deny"],
  ["GitHub: a fork with our number in its name", github("environment:production", main, { names: "mallory@123/infrastructure@456", id: "666" }), "Deny", "Deny"],
  ["GitHub: who took the name that we gave up",  github("environment:production", main, { id: "666" }),                    "Deny",  "Deny"],
  ["GitHub: a pull request there",               github("pull_request", pull, { id: "666" }),                              "Deny",  "Deny"],
  ["GitHub: our number under another name",      github("environment:production", main, { names: "acme/renamed" }),        "Deny",  "Deny"],
  ["GitHub: another repository of ours",         github("environment:production", main, { names: "acme/app", id: "457" }), "Deny",  "Deny"],
  ["GitHub: a pull request of that",             github("pull_request", pull, { names: "acme/app", id: "457" }),           "Deny",  "Deny"],
  ["GitHub: a look-alike organization",          github("environment:production", main, { names: "acme-evil/infrastructure", id: "666" }), "Deny", "Deny"],
  ["GitHub: another audience",                   github("environment:production", main, { aud: "https://github.com/acme" }), "Deny", "Deny"],
  ["GitHub: a pull request for it",              github("pull_request", pull, { aud: "https://github.com/acme" }),         "Deny",  "Deny"],
  ["GitHub: no audience",                        github("environment:production", main, { aud: "" }),                      "Deny",  "Deny"],
  ["GitHub: a pull request for none",            github("pull_request", pull, { aud: "" }),                                "Deny",  "Deny"],
  ["GitHub: that provider in another account",   github("environment:production", main, { account: elsewhere }),           "Deny",  "Deny"],
  ["GitHub: a pull request by that",             github("pull_request", pull, { account: elsewhere }),                     "Deny",  "Deny"],
  ["GitHub: another provider, same subject",     token("evil.example.com", "repo:acme/infrastructure:environment:production"),   "Deny",  "Deny"],
  ["GitHub: a pull request by another provider", token("evil.example.com", "repo:acme/infrastructure:pull_request"),             "Deny",  "Deny"],
  ["GitHub: GitLab says so",                     token(issuers.gitlab, "repo:acme/infrastructure:pull_request"),                 "Deny",  "Deny"],
  ["GitHub: no number",                          token(issuers.github, "repo:acme/infrastructure:pull_request"),           "Deny",  "Deny"],
  ["GitHub: no number and no branch",            token(issuers.github, "repo:acme/infrastructure:environment:production"), "Deny",  "Deny"],
  ["GitHub: no branch",                          withClaims(issuers.github, "repo:acme/infrastructure:environment:production", { repository_id: "456" }), "Deny", "Deny"],
  ["GitHub: main in production, no number",      withClaims(issuers.github, "repo:acme/infrastructure:environment:production", { ref: main }), "Deny", "Deny"],
  ["GitHub: no subject",                         withClaims(issuers.github, "", { repository_id: "456", ref: main }),      "Deny",  "Deny"],

  ["GitLab: a merge request",                    gitlab("branch:ref:fix", "merge_request_event"),                          "Allow", "Deny"],
  ["GitLab: the main branch",                    gitlab("branch:ref:main", "push"),                                        "Deny",  "Allow"],
  ["GitLab: a merge request of main itself",     gitlab("branch:ref:main", "merge_request_event"),                         "Allow", "Deny"],
  ["GitLab: main by hand",                       gitlab("branch:ref:main", "web"),                                         "Deny",  "Deny"],
  ["GitLab: main by a trigger",                  gitlab("branch:ref:main", "trigger"),                                     "Deny",  "Deny"],
  ["GitLab: main without protection",            gitlab("branch:ref:main", "push", { unprotected: true }),                 "Deny",  "Deny"],
  ["GitLab: another branch",                     gitlab("branch:ref:fix", "push"),                                         "Deny",  "Deny"],
  ["GitLab: a branch of a name that goes on",    gitlab("branch:ref:main-2", "push"),                                      "Deny",  "Deny"],
  ["GitLab: a tag called main",                  gitlab("tag:ref:main", "push"),                                           "Deny",  "Deny"],
  ["GitLab: a tag in a merge request",           gitlab("tag:ref:fix", "merge_request_event"),                             "Deny",  "Deny"],
  // Since 18.2.2 the token of a fork's merge request names the fork, though its pipeline runs in the parent project:
  // https://gitlab.com/gitlab-org/gitlab/-/issues/563038
  ["GitLab: a fork's merge request",             gitlab("branch:ref:fix", "merge_request_event", { names: "mallory/infrastructure", id: "666" }), "Deny", "Deny"],
  ["GitLab: one from the fork's main",           gitlab("branch:ref:main", "merge_request_event", { names: "mallory/infrastructure", id: "666" }), "Deny", "Deny"],
  ["GitLab: a fork's own main",                  gitlab("branch:ref:main", "push", { names: "mallory/infrastructure", id: "666" }), "Deny", "Deny"],
  ["GitLab: who took the name that we gave up",  gitlab("branch:ref:main", "push", { id: "666" }),                         "Deny",  "Deny"],
  ["GitLab: a merge request there",              gitlab("branch:ref:fix", "merge_request_event", { id: "666" }),           "Deny",  "Deny"],
  ["GitLab: our number under another name",      gitlab("branch:ref:main", "push", { names: "acme/renamed" }),             "Deny",  "Deny"],
  ["GitLab: a merge request under that name",    gitlab("branch:ref:fix", "merge_request_event", { names: "acme/renamed" }), "Deny", "Deny"],
  ["GitLab: another project of ours",            gitlab("branch:ref:main", "push", { names: "acme/app", id: "790" }),      "Deny",  "Deny"],
  ["GitLab: a merge request of that",            gitlab("branch:ref:fix", "merge_request_event", { names: "acme/app", id: "790" }), "Deny", "Deny"],
  ["GitLab: another audience",                   gitlab("branch:ref:main", "push", { aud: "https://gitlab.com" }),         "Deny",  "Deny"],
  ["GitLab: a merge request for it",             gitlab("branch:ref:fix", "merge_request_event", { aud: "https://gitlab.com" }), "Deny", "Deny"],
  ["GitLab: no audience",                        gitlab("branch:ref:main", "push", { aud: "" }),                           "Deny",  "Deny"],
  ["GitLab: a merge request for none",           gitlab("branch:ref:fix", "merge_request_event", { aud: "" }),             "Deny",  "Deny"],
  ["GitLab: that provider in another account",   gitlab("branch:ref:main", "push", { account: elsewhere }),                "Deny",  "Deny"],
  ["GitLab: a merge request by that",            gitlab("branch:ref:fix", "merge_request_event", { account: elsewhere }),  "Deny",  "Deny"],
  ["GitLab: another provider, same subject",     token("gitlab.evil.example.com", "project_path:acme/infrastructure:ref_type:branch:ref:main"), "Deny",  "Deny"],
  ["GitLab: its merge request",                  token("gitlab.evil.example.com", "project_path:acme/infrastructure:ref_type:branch:ref:fix"), "Deny", "Deny"],
  ["GitLab: no claims but the subject",          token(issuers.gitlab, "project_path:acme/infrastructure:ref_type:branch:ref:main"), "Deny", "Deny"],
  ...withoutOne({ project_id: "789", pipeline_source: "push", ref_protected: "true" }, "main"),
  ...withoutOne({ project_id: "789", pipeline_source: "merge_request_event" }, "fix"),
  ["GitLab: no subject",                         withClaims(issuers.gitlab, "", { project_id: "789", pipeline_source: "push", ref_protected: "true" }), "Deny", "Deny"],
  ["GitLab: a merge request without subject",    withClaims(issuers.gitlab, "", { project_id: "789", pipeline_source: "merge_request_event" }), "Deny", "Deny"],
  ["a role of the account",                      { principal: `arn:aws:sts::${accountId}:assumed-role/developers/session`, arn: arn("developers"), actions: ["AssumeRole"], context: {} }, "Deny", "Deny"],
];

/** A self-managed GitLab's claims are not compared by AWS: each that is missing keeps the role. */
function withoutOne(claims: Claims, branch: string): typeof rows {
  const sub = `project_path:acme/infrastructure:ref_type:branch:ref:${branch}`;
  return Object.keys(claims).map((left) => {
    const { [left]: _, ...others } = claims;
    return [`GitLab: ${branch} without ${left}`, withClaims(issuers.gitlab, sub, others), "Deny", "Deny"];
  });
}

test.each(rows)("%s", async (_, taker, previews, deploys) => {
  expect(await decideTrust(taker, arn("vantedge-ci-preview"), trust.preview)).toBe(previews);
  expect(await decideTrust(taker, arn("vantedge-ci-deployer"), trust.deployer)).toBe(deploys);
});

test("a fault in either trust policy is told by a row", async () => {
  const alive: string[] = [];
  let mutants = 0;
  for (const role of ["preview", "deployer"] as const) {
    for (const mutant of trustMutantsOf(trust[role])) {
      mutants += 1;
      if (!(await isTold(role, mutant.document))) alive.push(`${role}: ${mutant.name}`);
    }
  }
  expect(mutants).toBeGreaterThan(50);
  expect(alive).toEqual([]);
});

async function isTold(role: "preview" | "deployer", faulty: Document): Promise<boolean> {
  for (const [, taker, previews, deploys] of rows) {
    const takes = role === "preview" ? previews : deploys;
    if ((await decideTrust(taker, arn(`vantedge-ci-${role}`), faulty)) !== takes) return true;
  }
  return false;
}

test("who uses one of the two is trusted by that one only", () => {
  const { github: _, ...onlyGitLab } = settings;
  const { gitlab: __, ...onlyGitHub } = settings;
  const sids = (text: string) => (JSON.parse(text) as Document).Statement.map(({ Sid }) => Sid);
  expect(sids(documents(onlyGitLab).deployer.trust)).toEqual(["MainOnGitLab"]);
  expect(sids(documents(onlyGitHub).preview.trust)).toEqual(["PullRequestsOnGitHub"]);
});

test.each([
  ["a wildcard", { ...settings.github, repository: "*" }],
  ["one character of any kind", { ...settings.github, repositoryId: "45?" }],
  ["another part of the subject", { ...settings.github, owner: "acme/x:environment" }],
  ["a quotation mark", { ...settings.github, owner: 'acme", "repo' }],
  ["nothing", { ...settings.github, ownerId: "" }],
])("no name holds %s", (_, github) => {
  expect(() => documents({ ...settings, github })).toThrow(/is missing, or not a plain name/);
});

test("a number in the configuration is one in the documents", () => {
  const numeric = { ...settings, github: { ...settings.github, repositoryId: 456 as unknown as string } };
  expect(documents(numeric)).toEqual(made);
});
