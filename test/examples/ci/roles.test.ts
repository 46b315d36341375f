import { type Deployed, deployerDocument } from "../../../components/aws/deployer";
import program from "../../../examples/ci/roles";
import { documents, parts } from "../../../examples/ci/roles/documents";
import { accountId, arn, scope } from "../../support/fixtures";
import { attempt, named, only, run, summary } from "../../support/mocks";
import { settings } from "./settings";

const { stateBucket, github, gitlab } = settings;
const config = {
  "project:stateBucket": stateBucket,
  "project:github": JSON.stringify(github),
  "project:gitlab": JSON.stringify(gitlab),
};
const made = documents(settings);

test("both roles, the providers that they trust, and what each may do", async () => {
  const { resources } = await run(program, { config });
  expect(summary(resources).sort()).toEqual([
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider github",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider gitlab",
    "aws:iam/role:Role deployer",
    "aws:iam/role:Role preview",
    "aws:iam/rolePolicy:RolePolicy deployer-state",
    "aws:iam/rolePolicy:RolePolicy preview",
  ]);
  for (const role of ["preview", "deployer"] as const) {
    expect(only(resources, "aws:iam/role:Role", role).inputs).toMatchObject({
      name: `vantedge-ci-${role}`,
      assumeRolePolicy: made[role].trust,
    });
  }
  const policy = (name: string) => only(resources, "aws:iam/rolePolicy:RolePolicy", name).inputs;
  expect(policy("preview")).toMatchObject({ role: "vantedge-ci-preview", policy: made.preview.permissions });
  expect(policy("deployer-state")).toMatchObject({ role: "vantedge-ci-deployer", policy: made.deployer.permissions });
});

test("a provider is asked for tokens for AWS", async () => {
  const { resources } = await run(program, { config });
  const provider = (name: string) =>
    only(resources, "aws:iam/openIdConnectProvider:OpenIdConnectProvider", name).inputs;
  const clientIdLists = ["sts.amazonaws.com"];
  expect(provider("github")).toEqual({ url: "https://token.actions.githubusercontent.com", clientIdLists });
  expect(provider("gitlab")).toEqual({ url: "https://gitlab.com", clientIdLists });
});

const stack = "organization/vantedge/production";

test("the deployer has what each workspace of the stack asks for", async () => {
  const [production, development] = ["production", "development"].map((workspace) => asked({ workspace }));
  const workspaces = { production: { deployerPolicy: production }, development: { deployerPolicy: development } };
  const { resources } = await run(program, {
    config: { ...config, "project:stack": stack },
    kept: { [stack]: { outputs: { workspaces } } },
  });
  const policies = named(resources, "aws:iam/policy:Policy");
  expect(Object.entries(policies).map(([, { inputs }]) => [inputs.name, inputs.policy])).toEqual([
    ["vantedge-ci-deployer-development-1", development],
    ["vantedge-ci-deployer-production-1", production],
  ]);
  const attached = Object.values(named(resources, "aws:iam/rolePolicyAttachment:RolePolicyAttachment"));
  expect(attached.map(({ name, inputs }) => [name, inputs.role, inputs.policyArn])).toEqual(
    Object.entries(policies).map(([name, { inputs }]) => [
      name,
      "vantedge-ci-deployer",
      expect.stringMatching(new RegExp(`^arn:aws:iam::${accountId}:policy.*${inputs.name}$`)),
    ]),
  );
});

/** What a workspace with everything on asks for is longer than one policy may be. */
const everything = {
  existingRoles: { viewer: arn("auditors") },
  listing: "explorer",
  accessEntries: { clusterName: "main" },
  ref: { cluster: { eksPodIdentity: { clusterName: "main" } } },
} as const;

function asked({ workspace = "production", ...deployed }: Partial<Deployed> & { workspace?: string }): string {
  return deployerDocument({ ...scope, workspace }, { existingRoles: {}, listing: "account", ref: {}, ...deployed });
}

test("a policy that is too long for IAM comes in parts that lose nothing", () => {
  const whole = asked(everything);
  expect(whole.length).toBeGreaterThan(6144);
  const found = parts(whole);
  expect(found).toHaveLength(2);
  for (const part of found) expect(part.length).toBeLessThanOrEqual(6144);
  expect(found.flatMap((part) => JSON.parse(part).Statement)).toEqual(JSON.parse(whole).Statement);
  expect(new Set(found.map((part) => JSON.parse(part).Version))).toEqual(new Set(["2012-10-17"]));
  expect(parts(asked({}))).toEqual([asked({})]);
});

test("a stack without workspaces is no stack of ours", async () => {
  const { errors } = await attempt(program, {
    config: { ...config, "project:stack": "organization/other/production" },
    kept: { "organization/other/production": { outputs: {} } },
  });
  expect(errors).toEqual(['the stack organization/other/production has no output "workspaces"']);
});

test("a stack that gives out no policies says how it does", async () => {
  const { errors } = await attempt(program, {
    config: { ...config, "project:stack": stack },
    kept: { [stack]: { outputs: { workspaces: { production: { namespace: "production" } } } } },
  });
  expect(errors).toEqual([
    `the stack ${stack} gives out no deployerPolicy: run pulumi config set outputs full and pulumi up there`,
  ]);
});

test("one of the two forges is enough, and none is not", async () => {
  const { "project:gitlab": _, ...onlyGitHub } = config;
  const { resources } = await run(program, { config: onlyGitHub });
  expect(summary(resources)).not.toContain("aws:iam/openIdConnectProvider:OpenIdConnectProvider gitlab");
  const { errors } = await attempt(program, { config: { "project:stateBucket": stateBucket } });
  expect(errors).toEqual(["set github, gitlab, or both: see README.md"]);
});
