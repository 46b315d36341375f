import { Workspace, type WorkspaceArgs } from "../../../index";
import { accountId, arn, production, tags } from "../../support/fixtures";
import { attempt, named, run } from "../../support/mocks";

const type = "aws:eks/accessEntry:AccessEntry";
const kubernetes = { namespace: "apps", accessEntries: { clusterName: "main" } };
const entries = async (more: Partial<WorkspaceArgs>) =>
  named((await run(() => new Workspace("production", { ...production, ...more }))).resources, type);

/** Moto knows no access entries: only the mocks see them. */
test("each cloud role is put into its group, without a policy of EKS", async () => {
  const made = await entries({ kubernetes, tags: { team: "ai" } });
  expect(Object.keys(made)).toEqual(["viewer", "member", "admin", "owner"].map((role) => `production-${role}`));
  expect(made["production-admin"]?.inputs).toEqual({
    region: "us-east-1",
    clusterName: "main",
    principalArn: `arn:aws:iam::${accountId}:role/vantedge/production/vantedge-production-admin`,
    kubernetesGroups: ["vantedge:production:admin"],
    type: "STANDARD",
    tags: { team: "ai", ...tags },
  });
});

test("an existing role too, and no role that only subjects have", async () => {
  const subjects = { owners: [{ user: "jo" }] };
  const existingRoles = { viewer: arn("auditors") };
  const made = await entries({ roles: {}, existingRoles, kubernetes: { ...kubernetes, subjects } });
  expect(Object.values(made).map(({ inputs }) => [inputs.principalArn, inputs.kubernetesGroups])).toEqual([
    [arn("auditors"), ["vantedge:production:viewer"]],
  ]);
});

test("none where none are asked for", async () => {
  expect(await entries({ kubernetes: { namespace: "apps" } })).toEqual({});
});

test.each<[string, Partial<WorkspaceArgs>, string]>([
  [
    "nobody to enter",
    { roles: { admins: [] }, kubernetes },
    "kubernetes.accessEntries: puts the workspace's cloud roles into their Kubernetes groups, and it has none: give somebody a role under roles",
  ],
  [
    "no cluster's name",
    { kubernetes: { ...kubernetes, accessEntries: { clusterName: "-" } } },
    "kubernetes.accessEntries.clusterName: must be an EKS cluster's name: 1 to 100 letters, digits, hyphens and underscores, beginning with a letter or digit",
  ],
])("bad input: %s", async (_, args, problem) => {
  const { resources, errors } = await attempt(() => new Workspace("production", { ...production, ...args }));
  expect(errors).toEqual([`Workspace "production": ${problem}`]);
  expect(resources).toEqual([]);
});
