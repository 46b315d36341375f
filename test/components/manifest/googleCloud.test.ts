import { readFileSync } from "node:fs";
import path from "node:path";
import { accessProblem as awsProblem } from "../../../components/aws/preflight";
import { accessProblem } from "../../../components/gcp/preflight";
import { clusterProblems } from "../../../components/kubernetes/preflight";
import { provisionManifest } from "../../../components/manifest/provision";
import { accountId, arn, canary } from "../../support/fixtures";
import { file, load, marked, problems, settings } from "../../support/manifest";
import { leaks, named, only, run, summary } from "../../support/mocks";

// All ask over the network; each has a test of its own.
jest.mock("../../../components/aws/preflight", () => ({ accessProblem: jest.fn() }));
jest.mock("../../../components/gcp/preflight", () => ({ accessProblem: jest.fn() }));
jest.mock("../../../components/kubernetes/preflight", () => ({ clusterProblems: jest.fn() }));
const google = jest.mocked(accessProblem);
beforeEach(() => {
  google.mockReset().mockResolvedValue(undefined);
  jest.mocked(awsProblem).mockReset().mockResolvedValue(undefined);
  jest.mocked(clusterProblems).mockReset().mockResolvedValue([]);
});

const examples = path.resolve(__dirname, "../../../examples/quickstart");
const quickstart = readFileSync(path.join(examples, "vantedge.gcp.yaml"), "utf8");
const keys = [...quickstart.matchAll(/\{ config: (\w+) \}/g)].map(([, key]) => key as string);
const config = Object.fromEntries(keys.map((key) => [`project:${key}`, `${canary} ${key}`]));

const numbers: Record<string, string> = {
  "ai-startup-production": "111111111111",
  "ai-startup-development": "222222222222",
};
const calls = {
  "gcp:organizations/getProject:getProject": ({ projectId }: Record<string, unknown>) => ({
    number: numbers[projectId as string],
  }),
  "gcp:secretmanager/getSecret:getSecret": () => ({}),
  "gcp:secretmanager/getSecretVersion:getSecretVersion": () => ({ version: "1", createTime: "t", enabled: true }),
};
const provision = (text: string, more: Record<string, string> = {}) =>
  run(() => provisionManifest(file(text)).then((made) => Object.values(made).map(Object.keys)), {
    config: { ...config, ...more },
    calls,
  });

describe("the quickstart's manifest on Google Cloud", () => {
  test("makes what the one for AWS makes, in a project for each workspace, with a provider for each", async () => {
    const { resources, result } = await provision(quickstart);
    const secrets = ["openai-api-key", "database-password", "stripe-api-key"].map((name) => `production/${name}`);
    expect(result.slice(0, 4)).toEqual([
      [],
      ["production", "development"],
      [...secrets, ...["openai-dev-key", "test-db-password", "stripe-test-key"].map((name) => `development/${name}`)],
      ["production/support-agent", "production/usage-report"],
    ]);
    expect(only(resources, "pulumi:providers:gcp", "production-gcp").inputs).toEqual({
      project: "ai-startup-production",
    });
    expect(summary(resources).filter((line) => /aws/.test(line))).toEqual([]);
    const made = named(resources, "gcp:secretmanager/secret:Secret");
    expect(made["production--openai-api-key"]?.inputs).toMatchObject({
      project: "ai-startup-production",
      secretId: "vantedge--production--openai-api-key",
    });
    expect(made["development--openai-dev-key"]?.options.provider).toMatch(/::development-gcp::/);
  });

  test("each role is bound on its workspace's project, and nowhere else", async () => {
    const { resources } = await provision(quickstart);
    const bound = resources
      .filter(({ type }) => type === "gcp:projects/iAMMember:IAMMember")
      .map(({ inputs }) => [inputs.project, inputs.role, inputs.member].join(" "));
    const of = (project: string, viewers: string) => [
      `${project} roles/secretmanager.admin group:founders@ai-startup.example`,
      `${project} projects/${project}/roles/vantedgeSecretsAdmin_v1 group:platform-leads@ai-startup.example`,
      `${project} projects/${project}/roles/vantedgeSecretsMember_v1 group:developers@ai-startup.example`,
      `${project} projects/${project}/roles/vantedgeSecretsViewer_v1 group:${viewers}@ai-startup.example`,
    ];
    expect(bound.sort()).toEqual(
      [...of("ai-startup-production", "auditors"), ...of("ai-startup-development", "developers")].sort(),
    );
  });

  test("shows no value", async () => {
    expect(leaks(await provision(quickstart), canary)).toEqual([]);
  });

  test("differs from the one for AWS in where it is, who has a role and which cluster reads, and what protects a secret", () => {
    const [aws, gcp] = ["vantedge.yaml", "vantedge.gcp.yaml"].map((name) =>
      readFileSync(path.join(examples, name), "utf8")
        .split("\n")
        .filter((line) => !/^\s*(#|$)/.test(line)),
    ) as [string[], string[]];
    const own = (lines: string[], others: string[]) => lines.filter((line) => !others.includes(line));
    const cloudOnly =
      /^(cloud:|\s+(aws|gcp|eksIrsa|gke):|\s+(region|accountId|oidcProviderArn|projectId|projectNumber|location|clusterName):|\s+(owners|admins|members|viewers):|\s+recoveryWindowInDays: 0)/;
    for (const line of [...own(aws, gcp), ...own(gcp, aws)]) expect(line).toMatch(cloudOnly);
  });
});

const place = 'gcp: { projectId: ai-startup-production, projectNumber: "111111111111" }';
const bothClouds = `organization: AI Startup
cloud: { aws: { region: us-east-1, accountId: "${accountId}" } }
workspaces:
  - { name: production, roles: { admins: [{ arn: "${arn("leads")}" }] } }
  - { name: research, ${place}, roles: { admins: [{ gcp: "group:leads@ai-startup.example" }] } }
secrets:
  - { name: a, workspace: production, value: { config: openaiApiKey } }
  - { name: a, workspace: research, value: { config: openaiApiKey } }
`;

test("a workspace on each cloud in one file", async () => {
  const { resources } = await provision(bothClouds);
  expect(Object.keys(named(resources, "aws:secretsmanager/secret:Secret"))).toEqual(["production--a"]);
  expect(Object.keys(named(resources, "gcp:secretmanager/secret:Secret"))).toEqual(["research--a"]);
  expect(google).toHaveBeenCalledWith({
    cloud: "gcp",
    projectId: "ai-startup-production",
    projectNumber: "111111111111",
  });
});

test("who acts in the project may be a service account, which the provider and the check before take alike", async () => {
  const acting = bothClouds.replace(
    'projectNumber: "111111111111"',
    "$&, impersonateServiceAccount: ci@p.iam.gserviceaccount.com",
  );
  const { resources } = await provision(acting);
  const impersonateServiceAccount = "ci@p.iam.gserviceaccount.com";
  expect(only(resources, "pulumi:providers:gcp").inputs).toEqual({
    project: "ai-startup-production",
    impersonateServiceAccount,
  });
  expect(google.mock.calls[0]?.[0]).toMatchObject({ impersonateServiceAccount });
});

test("a file without workspaces refers to those of another stack, by the stack's configuration", () => {
  const gcp = { projectId: "ai-startup-production", projectNumber: "111111111111" };
  const { workspaces } = load(
    "secrets:\n  - { name: a, workspace: production }\n",
    settings({ organization: "AI Startup", gcp }),
  );
  expect(workspaces).toEqual([
    { name: "production", organization: "AI Startup", place: { cloud: "gcp", ...gcp }, declared: undefined },
  ]);
});

const gke = "cluster: { gke: { location: europe-west3, clusterName: main } }";
const workspace = (rest: string) => `organization: AI\nworkspaces:\n  - { name: production, ${place}, ${rest} }\n`;
const secret = (rest: string) =>
  `organization: AI\nworkspaces:\n  - { name: production, ${place} }\nsecrets:\n  - { name: a, workspace: production, ${rest} }\n`;
const pool =
  'cluster: { gke: { projectId: ai-startup-production, projectNumber: "111111111111", location: europe-west3, clusterName: two } }';
const samePods = (one: string, other: string) =>
  `"apps" is the namespace of workspaces "${one}" (project ai-startup-${one}) and "${other}" (project ai-startup-${other}), and ` +
  "IAM takes the pods of all clusters of project ai-startup-production for the same where namespace and ServiceAccount are: " +
  "give each workspace a namespace of its own, or clusters in different projects";
const binding = (where: string, rest: string) =>
  `organization: AI
workspaces:
  - { name: production, ${where} }
secrets:
  - { name: a, workspace: production }
bindings:
  - name: agent
    workspace: production
    ${rest}
    env: [{ name: A, valueFrom: { secretKeyRef: { name: a } } }]
`;
const lambda = "arn:aws:lambda:us-east-1:111122223333:function:f";

test.each<[string, string, string[]]>([
  [
    "a principal of AWS",
    workspace(`roles: { members: [{ arn: ¦"${arn("developers")}" }] }`),
    [expect.stringMatching(/^workspaces\[0\]\.roles\.members\[0\]\.arn: .*gcp/) as never],
  ],
  [
    "everybody",
    workspace("roles: { members: [{ gcp: ¦allUsers }] }"),
    [
      "workspaces[0].roles.members[0].gcp: stands for everybody, or for whoever has another role: name users, groups, service accounts or identities of a pool",
    ],
  ],
  [
    "a whole pool",
    workspace(
      "roles: { members: [{ gcp: ¦'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/*' }] }",
    ),
    ["workspaces[0].roles.members[0].gcp: is a whole identity pool: name a subject, a group or an attribute of it"],
  ],
  [
    "a cluster of AWS",
    workspace("namespace: a, cluster: { eksPodIdentity: ¦{ clusterName: main } }"),
    ["workspaces[0].cluster.eksPodIdentity: gives pods roles of AWS, and the workspace is on Google Cloud: set gke"],
  ],
  [
    "a Lambda",
    secret(`rotation: ¦{ lambdaArn: "${lambda}", intervalDays: 30 }`),
    [
      "secrets[0].rotation: is by a Lambda function of AWS, and Google replaces no values: set gcp.rotationReminder, and have the one who gets the reminder replace the value",
    ],
  ],
  [
    "a recovery window",
    secret("recoveryWindowInDays: ¦7"),
    [
      "secrets[0].recoveryWindowInDays: is of AWS; Google deletes a secret at once and for good: leave it out, and keep gcp.deletionProtection",
    ],
  ],
  [
    "readers of AWS",
    binding(place, `reader: { roleArn: ¦"${arn("agent")}" }`),
    ["bindings[0].reader.roleArn: is of AWS, and the workspace is on Google Cloud: set serviceAccountEmail"],
  ],
  [
    "a regional secret for Cloud Run",
    binding(
      place.replace(" }", ", location: europe-west3 }"),
      "reader: { serviceAccountEmail: agent@p.iam.gserviceaccount.com }",
    ).replace("env: ", "env: ¦"),
    [
      "bindings[0].env: is of secrets with the workspace's location, and Cloud Run takes global ones only: name them under secrets, and read them at run time",
    ],
  ],
  [
    "readers of Google Cloud on AWS",
    binding(
      `aws: { region: us-east-1, accountId: "${accountId}" }`,
      "reader: { serviceAccountEmail: ¦agent@p.iam.gserviceaccount.com }",
    ),
    ["bindings[0].reader.serviceAccountEmail: is of Google Cloud, and the workspace is on AWS: set service or roleArn"],
  ],
  [
    "no project's number",
    "organization: AI\nworkspaces:\n  - { name: production, gcp: { projectId: ai-startup-production, projectNumber: ¦ai } }\n",
    [
      "workspaces[0].gcp.projectNumber: must be the project's number, digits in quotes: gcloud projects describe PROJECT shows it",
    ],
  ],
  [
    "a trail without a place for its bucket",
    `organization: AI\ncloud: { ${place} }\nauditTrails:\n  - ¦name: audit\nworkspaces:\n  - { name: production }\n`,
    [
      "auditTrails[0]: gcp.location: is missing: give the location of the bucket for the logs, for example europe-west3",
    ],
  ],
  [
    "a project for two",
    `organization: AI\ncloud: { ${place} }\nworkspaces:\n  - { name: production }\n  - { name: ¦staging }\n`,
    [
      'workspaces[1].name: project ai-startup-production is that of workspace "production" too, and staging has it for itself: give each a project of its own, or set sharing on both',
    ],
  ],
  [
    "a shared project whose roles nobody makes",
    `organization: AI\nworkspaces:\n  - { name: production, gcp: { projectId: ai-startup-production, projectNumber: "111111111111", sharing: ¦strict } }\n`,
    [expect.stringMatching(/^workspaces\[0\]\.gcp\.sharing: .*sharedRoles/) as never],
  ],
  [
    "one namespace in clusters of one project",
    `organization: AI
workspaces:
  - { name: production, ${place}, namespace: apps, context: one, ${gke} }
  - name: staging
    gcp: { projectId: ai-startup-staging, projectNumber: "333333333333" }
    namespace: ¦apps
    context: two
    ${pool}
`,
    [`workspaces[1].namespace: ${samePods("production", "staging")}`],
  ],
  [
    "the same beside two workspaces of one namespace in one cluster",
    `organization: AI
workspaces:
  - { name: production, ${place}, namespace: apps, context: one, ${gke} }
  - name: testing
    gcp: { projectId: ai-startup-testing, projectNumber: "444444444444" }
    namespace: ¦apps
    context: one
    ${pool}
  - name: staging
    gcp: { projectId: ai-startup-staging, projectNumber: "333333333333" }
    namespace: ¦apps
    context: two
    ${pool}
`,
    [
      'workspaces[1].namespace: the namespace "apps" is that of workspace "production": give each its own',
      `workspaces[2].namespace: ${samePods("production", "staging")}`,
    ],
  ],
  [
    "settings of Google Cloud on AWS",
    `organization: AI\ncloud: { aws: { region: us-east-1, accountId: "${accountId}" } }\nworkspaces:\n  - { name: production, roles: { admins: [{ gcp: ¦"group:a@b.example" }] } }\nsecrets:\n  - { name: a, workspace: production, gcp: ¦{ versionDestroyDays: 3 } }\n`,
    [
      "workspaces[0].roles.admins[0].gcp: is a member of Google Cloud, and the workspace is on AWS: give arn, arnPattern, oidc or saml",
      "secrets[0].gcp: is for workspaces on Google Cloud, and this one is on AWS: leave it out",
    ],
  ],
])("refused at its place: %s", (_, text, expected) => {
  const { text: clean, places } = marked(text);
  const found = problems(clean, settings());
  expect(found.map((line) => line.replace(/^\d+:\d+: /, ""))).toEqual(expected);
  expect(found.map((line) => /^\d+:\d+/.exec(line)?.[0])).toEqual(places);
});
