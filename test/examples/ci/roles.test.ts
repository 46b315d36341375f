import program from "../../../examples/ci/roles";
import { documents } from "../../../examples/ci/roles/documents";
import { attempt, only, run, summary } from "../../support/mocks";
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

test("the deployer has what each workspace of the stack asks for", async () => {
  const stack = "organization/vantedge/production";
  const workspaces = { production: { deployerPolicy: "{1}" }, development: { deployerPolicy: "{2}" } };
  const { resources } = await run(program, {
    config: { ...config, "project:stack": stack },
    kept: { [stack]: { outputs: { workspaces } } },
  });
  const policies = resources.filter(({ name, type }) => name.startsWith("deployer-") && type.endsWith("RolePolicy"));
  expect(policies.map(({ name, inputs }) => [name, inputs.role, inputs.policy])).toEqual([
    ["deployer-state", "vantedge-ci-deployer", made.deployer.permissions],
    ["deployer-development", "vantedge-ci-deployer", "{2}"],
    ["deployer-production", "vantedge-ci-deployer", "{1}"],
  ]);
});

test("a stack without workspaces is no stack of ours", async () => {
  const { errors } = await attempt(program, {
    config: { ...config, "project:stack": "organization/other/production" },
    kept: { "organization/other/production": { outputs: {} } },
  });
  expect(errors).toEqual(['the stack organization/other/production has no output "workspaces"']);
});

test("one of the two forges is enough, and none is not", async () => {
  const { "project:gitlab": _, ...onlyGitHub } = config;
  const { resources } = await run(program, { config: onlyGitHub });
  expect(summary(resources)).not.toContain("aws:iam/openIdConnectProvider:OpenIdConnectProvider gitlab");
  const { errors } = await attempt(program, { config: { "project:stateBucket": stateBucket } });
  expect(errors).toEqual(["set github, gitlab, or both: see README.md"]);
});
