import { accountId } from "../support/fixtures";
import type { RecordedRole } from "./documents";
import type { Decision } from "./simulate";
import { assertion, decideTrust, issuers, pod, recordTrust, role, service, type Taker, token, user } from "./trust";
import { trustMutantsOf } from "./trustMutants";

const { github, cluster, otherCluster } = issuers;
const elsewhere = "999988887777";
const mfa = { "aws:MultiFactorAuthPresent": "true" };
const noMfa = { "aws:MultiFactorAuthPresent": "false" };
const at = (moment: string) => ({ "aws:CurrentTime": moment });
const ofAccount = (account: string) => ({ "aws:SourceAccount": account });
const here = ofAccount(accountId);
const inTime = at("2027-01-31T17:59:59Z");
const late = at("2027-01-31T18:00:00Z");

const [owner, admin, member, viewer, rotator] = ["owner", "admin", "member", "viewer", "rotator"].map(
  (kind) => `vantedge-production-${kind}`,
) as [string, string, string, string, string];
const irsa = "vantedge-production--agent";
const podIdentity = "vantedge-development--agent";
const [gateway, tasks, lambda] = ["gateway", "tasks", "function"].map(
  (binding) => `vantedge-production--${binding}`,
) as [string, string, string];

const sso = "https://sso.acme.com";
const main = "repo:acme/infra:ref:refs/heads/main";
const agent = "system:serviceaccount:apps:agent-reader";

// biome-ignore format: a table
const rows: [role: string, who: string, taker: Taker, takes: Decision][] = [
  [owner,       "by its ARN, with MFA",                   role("founders", mfa),                                  "Allow"],
  [owner,       "without MFA",                            role("founders", noMfa),                                "Deny"],
  [owner,       "with long-term credentials",             role("founders"),                                       "Deny"],
  [owner,       "of its name, in another account",        role("founders", mfa, elsewhere),                       "Deny"],
  [owner,       "of a name that goes on",                 role("founders-2", mfa),                                "Deny"],
  [owner,       "named by another role, with MFA",        role("developers", mfa),                                "Deny"],
  [owner,       "to the end of the day",                  role("contractor", at("2027-01-31T23:59:59Z")),         "Allow"],
  [owner,       "on the day after",                       role("contractor", at("2027-02-01T00:00:00Z")),         "Deny"],
  [owner,       "after the end, though with MFA",         role("contractor", { ...mfa, ...at("2028-01-01T00:00:00Z") }), "Deny"],
  [owner,       "its own member",                         role("vantedge/production/vantedge-production-member", mfa), "Deny"],
  [owner,       "a function of Lambda",                   service("lambda", mfa),                                 "Deny"],

  [admin,       "by a pattern",                           role("sso/Leads_1", { ...mfa, ...inTime }),             "Allow"],
  [admin,       "by the other pattern",                   role("sso/Security_1", { ...mfa, ...inTime }),          "Allow"],
  [admin,       "after the end",                          role("sso/Leads_1", { ...mfa, ...late }),               "Deny"],
  [admin,       "without MFA",                            role("sso/Leads_1", noMfa),                             "Deny"],
  [admin,       "with long-term credentials",             role("sso/Leads_1"),                                    "Deny"],
  [admin,       "of another path",                        role("team/Leads_1", mfa),                              "Deny"],
  [admin,       "of another name",                        role("sso/Auditors_1", mfa),                            "Deny"],
  [admin,       "as the pattern says, in another account", role("sso/Leads_1", mfa, elsewhere),                   "Deny"],
  [admin,       "who takes another role of it",           role("founders", mfa),                                  "Deny"],

  [member,      "a branch",                               token(github, main),                                    "Allow"],
  [member,      "an environment that the pattern covers", token(github, "repo:acme/app:environment:live"),        "Allow"],
  [member,      "another branch",                         token(github, "repo:acme/infra:ref:refs/heads/fix"),    "Deny"],
  [member,      "a branch of a name that goes on",        token(github, `${main}-2`),                             "Deny"],
  [member,      "a pull request",                         token(github, "repo:acme/infra:pull_request"),          "Deny"],
  [member,      "a repository of a name that goes on",    token(github, "repo:acme/app-2:environment:live"),      "Deny"],
  [member,      "a look-alike organization",              token(github, "repo:acme-evil/infra:ref:refs/heads/main"), "Deny"],
  [member,      "the subject within another",             token(github, `repo:evil/x:${main}`),                   "Deny"],
  [member,      "another audience",                       token(github, main, "https://github.com/acme"),         "Deny"],
  [member,      "no audience",                            token(github, main, ""),                                "Deny"],
  [member,      "no subject",                             token(github, ""),                                      "Deny"],
  [member,      "another provider with the same claims",  token(cluster, main),                                   "Deny"],
  [member,      "that provider in another account",       token(github, main, undefined, elsewhere),              "Deny"],
  [member,      "who is a viewer",                        token(github, "repo:acme/docs:pull_request", "vantedge"), "Deny"],
  [member,      "a role by its ARN",                      role("developers"),                                     "Allow"],
  [member,      "a user by its ARN",                      user("alice"),                                          "Allow"],
  [member,      "another user",                           user("alice2"),                                         "Deny"],
  [member,      "another role",                           role("auditors"),                                       "Deny"],

  [viewer,      "an assertion",                           assertion("corporate", sso),                            "Allow"],
  [viewer,      "for another audience",                   assertion("corporate", "https://signin.aws.amazon.com/saml"), "Deny"],
  [viewer,      "for no audience",                        assertion("corporate", ""),                             "Deny"],
  [viewer,      "of another provider",                    assertion("partner", sso),                              "Deny"],
  [viewer,      "an audience of its own",                 token(github, "repo:acme/docs:pull_request", "vantedge"), "Allow"],
  [viewer,      "the usual audience",                     token(github, "repo:acme/docs:pull_request"),           "Deny"],
  [viewer,      "no audience",                            token(github, "repo:acme/docs:pull_request", ""),       "Deny"],
  [viewer,      "a member's subject",                     token(github, main, "vantedge"),                        "Deny"],
  [viewer,      "no subject",                             token(github, "", "vantedge"),                          "Deny"],
  [viewer,      "that provider in another account",       token(github, "repo:acme/docs:x", "vantedge", elsewhere), "Deny"],

  [rotator,     "a function of Lambda",                   service("lambda"),                                      "Allow"],
  [rotator,     "another service",                        service("ec2"),                                         "Deny"],
  [rotator,     "a founder",                              role("founders", mfa),                                  "Deny"],

  [irsa,        "its ServiceAccount",                     token(cluster, agent),                                  "Allow"],
  [irsa,        "another ServiceAccount",                 token(cluster, "system:serviceaccount:apps:agent"),   "Deny"],
  [irsa,        "another namespace",                      token(cluster, "system:serviceaccount:apps-2:agent-reader"),   "Deny"],
  [irsa,        "another cluster",                        token(otherCluster, agent),                             "Deny"],
  [irsa,        "a provider of that name elsewhere",      token(cluster, agent, undefined, elsewhere),            "Deny"],
  [irsa,        "a token for the cluster's own API",      token(cluster, agent, "https://kubernetes.default.svc"), "Deny"],
  [irsa,        "no audience",                            token(cluster, agent, ""),                              "Deny"],
  [irsa,        "no subject",                             token(cluster, ""),                                     "Deny"],
  [irsa,        "by Pod Identity",                        pod("main", "apps", "agent-reader"),                           "Deny"],
  [irsa,        "an owner",                               role("founders", mfa),                                  "Deny"],

  [podIdentity, "its ServiceAccount",                     pod("main", "apps", "agent-reader"),                           "Allow"],
  [podIdentity, "another ServiceAccount",                 pod("main", "apps", "agent"),                         "Deny"],
  [podIdentity, "another namespace",                      pod("main", "apps-2", "agent-reader"),                         "Deny"],
  [podIdentity, "another cluster",                        pod("main-2", "apps", "agent-reader"),                         "Deny"],
  [podIdentity, "for another account",                    pod("main", "apps", "agent-reader", elsewhere), "Deny"],
  [podIdentity, "for no account",                         pod("main", "apps", "agent-reader", ""),                "Deny"],
  [podIdentity, "of no cluster",                          pod("", "apps", "agent-reader"),                        "Deny"],
  [podIdentity, "of no namespace",                        pod("main", "", "agent-reader"),                        "Deny"],
  [podIdentity, "of no ServiceAccount",                   pod("main", "apps", ""),                                "Deny"],
  [podIdentity, "by IRSA",                                token(cluster, agent),                                  "Deny"],
  [podIdentity, "another service",                        { ...pod("main", "apps", "agent-reader"), principal: "ec2.amazonaws.com" }, "Deny"],
  [podIdentity, "an owner",                               role("founders", mfa),                                  "Deny"],

  [gateway,     "the role that it is for",                role("edge/gateway"),                                   "Allow"],
  [gateway,     "of its name, in another account",        role("edge/gateway", {}, elsewhere),                    "Deny"],
  [gateway,     "of a name that goes on",                 role("edge/gateway-2"),                                 "Deny"],
  [gateway,     "another role",                           role("founders", mfa),                                  "Deny"],
  [gateway,     "the workspace's own member",             role("vantedge/production/vantedge-production-member"), "Deny"],
  [gateway,     "a task of ECS",                          service("ecs-tasks", here),                             "Deny"],
  [gateway,     "a function of Lambda",                   service("lambda", here),                                "Deny"],
  [gateway,     "a ServiceAccount",                       token(cluster, agent),                                  "Deny"],

  [tasks,       "a task of this account",                 service("ecs-tasks", here),                             "Allow"],
  [tasks,       "a task of another account",              service("ecs-tasks", ofAccount(elsewhere)),             "Deny"],
  [tasks,       "a task of no account",                   service("ecs-tasks"),                                   "Deny"],
  [tasks,       "the scheduler of ECS",                   service("ecs", here),                                   "Deny"],
  [tasks,       "a function of Lambda",                   service("lambda", here),                                "Deny"],
  [tasks,       "an instance of EC2",                     service("ec2", here),                                   "Deny"],
  [tasks,       "a role",                                 role("edge/gateway", here),                             "Deny"],
  [tasks,       "a ServiceAccount",                       token(cluster, agent),                                  "Deny"],

  [lambda,      "a function of this account",             service("lambda", here),                                "Allow"],
  [lambda,      "a function of another account",          service("lambda", ofAccount(elsewhere)),                "Deny"],
  [lambda,      "a function of no account",               service("lambda"),                                      "Deny"],
  [lambda,      "a task of ECS",                          service("ecs-tasks", here),                             "Deny"],
  [lambda,      "a function at the edge",                 service("edgelambda", here),                            "Deny"],
  [lambda,      "a role",                                 role("edge/gateway", here),                             "Deny"],
  [lambda,      "a ServiceAccount",                       token(cluster, agent),                                  "Deny"],
];

let roles: RecordedRole[];
beforeAll(async () => {
  roles = await recordTrust();
});

const named = (name: string) => roles.find((one) => one.name === name) as RecordedRole;

test.each(rows)("%s is taken, or not: %s", async (name, _, taker, takes) => {
  const { arn, trust } = named(name);
  expect(await decideTrust(taker, arn, trust)).toBe(takes);
});

test("a fault in any trust policy is told by a row", async () => {
  const alive: string[] = [];
  let mutants = 0;
  for (const name of [owner, admin, member, viewer, rotator, irsa, podIdentity, gateway, tasks, lambda]) {
    const { arn, trust } = named(name);
    const ofRole = rows.filter(([of]) => of === name);
    for (const mutant of trustMutantsOf(trust)) {
      mutants += 1;
      if (!(await isTold(mutant.document, arn, ofRole))) alive.push(`${name}: ${mutant.name}`);
    }
  }
  process.stdout.write(`faults in trust policies: ${mutants}, of which ${mutants - alive.length} are told\n`);
  expect(alive).toEqual([]);
});

async function isTold(faulty: RecordedRole["trust"], arn: string, ofRole: typeof rows): Promise<boolean> {
  for (const [, , taker, takes] of ofRole) {
    if ((await decideTrust(taker, arn, faulty)) !== takes) return true;
  }
  return false;
}
