import { principal } from "../../../components/gcp/denyPolicy";
import { AuditTrail, type AuditTrailArgs, type AuditTrailDenyPolicyArgs } from "../../../index";
import { gcpCalls, group, projectId, projectNumber } from "../../support/gcp";
import { attempt, only, run } from "../../support/mocks";

const denyType = "gcp:iam/denyPolicy:DenyPolicy";

const args = (
  denyPolicy: AuditTrailDenyPolicyArgs | undefined,
  more: Partial<AuditTrailArgs> = {},
): AuditTrailArgs => ({
  organization: "AI Startup",
  gcp: { projectId, projectNumber, location: "europe-west3", ...(denyPolicy === undefined ? {} : { denyPolicy }) },
  workspaces: [{ name: "production" }],
  ...more,
});
const policyOf = async (denyPolicy: AuditTrailDenyPolicyArgs, more: Partial<AuditTrailArgs> = {}) => {
  const { resources } = await run(() => new AuditTrail("audit", args(denyPolicy, more)), { calls: gcpCalls });
  return only(resources, denyType).inputs;
};
const everybody = ["principalSet://goog/public:all"];

test("values are read by readers and pods, access is given by granters, and by nobody else", async () => {
  const gke = { projectId, projectNumber, namespace: "production" };
  const readers = [group("leads"), group("owners")];
  const granters = ["serviceAccount:deployer@ai-startup-production.iam.gserviceaccount.com"];
  expect(await policyOf({ readers, granters }, { workspaces: [{ name: "production", gke }] })).toEqual({
    parent: `cloudresourcemanager.googleapis.com%2Fprojects%2F${projectId}`,
    name: "vantedge-secrets",
    displayName: "Vantedge secrets: who reads and who shares",
    rules: [
      {
        description: "Values are read by readers and workloads alone",
        denyRule: {
          deniedPrincipals: everybody,
          deniedPermissions: ["secretmanager.googleapis.com/versions.access"],
          exceptionPrincipals: [
            "principalSet://goog/group/leads@ai-startup.example",
            "principalSet://goog/group/owners@ai-startup.example",
            `principalSet://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${projectId}.svc.id.goog/*`,
          ],
        },
      },
      {
        description: "Access to secrets is given by granters alone",
        denyRule: {
          deniedPrincipals: everybody,
          deniedPermissions: ["secretmanager.googleapis.com/secrets.setIamPolicy"],
          exceptionPrincipals: [
            "principal://iam.googleapis.com/projects/-/serviceAccounts/deployer@ai-startup-production.iam.gserviceaccount.com",
          ],
        },
      },
    ],
  });
});

test("without granters nobody gives access, and readers don't either", async () => {
  const { rules } = (await policyOf({ readers: [group("leads")] })) as { rules: { denyRule: object }[] };
  expect(rules[1]?.denyRule).toEqual({
    deniedPrincipals: everybody,
    deniedPermissions: ["secretmanager.googleapis.com/secrets.setIamPolicy"],
  });
});

test("pods of one project's clusters are excepted once, whatever their workspaces", async () => {
  const gke = (namespace: string) => ({ projectId, projectNumber, namespace });
  const workspaces = [
    { name: "production", gke: gke("production") },
    { name: "staging", gke: gke("staging") },
    { name: "test" },
  ];
  const { rules } = (await policyOf({ readers: [group("leads")] }, { workspaces })) as {
    rules: { denyRule: { exceptionPrincipals: string[] } }[];
  };
  expect(rules[0]?.denyRule.exceptionPrincipals).toHaveLength(2);
});

test("there is none unless one was asked for", async () => {
  const { resources } = await run(() => new AuditTrail("audit", args(undefined)), { calls: gcpCalls });
  expect(resources.filter(({ type }) => type === denyType)).toEqual([]);
});

test("fits within Google's limits: https://cloud.google.com/iam/docs/reference/rest/v2/policies", async () => {
  const { name, displayName } = await policyOf({ readers: [group("leads")] });
  expect(name).toMatch(/^[a-z][a-z0-9.-]{2,62}$/);
  expect((displayName as string).length).toBeLessThanOrEqual(63);
});

test.each([
  ["user:lead@ai-startup.example", "principal://goog/subject/lead@ai-startup.example"],
  [group("leads"), "principalSet://goog/group/leads@ai-startup.example"],
  [
    "serviceAccount:agent@ai-startup-production.iam.gserviceaccount.com",
    "principal://iam.googleapis.com/projects/-/serviceAccounts/agent@ai-startup-production.iam.gserviceaccount.com",
  ],
  ...[
    "principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/lead@ai-startup.example",
    "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/group/leads",
    "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/ci/subject/repo:acme/infra",
  ].map((same) => [same, same]),
])("%s is %s", (member, expected) => {
  expect(principal(member as string)).toBe(expected);
});

test.each<[AuditTrailDenyPolicyArgs, string]>([
  [{ readers: [] }, "gcp.denyPolicy.readers: is an empty list: add something, or leave it out"],
  [{ readers: ["allUsers"] }, "gcp.denyPolicy.readers[0]: stands for everybody"],
  [
    { readers: [group("leads")], granters: ["deployer@ai-startup.example"] },
    "gcp.denyPolicy.granters[0]: must be user:EMAIL",
  ],
])("bad input: %j", async (denyPolicy, problem) => {
  const { resources, errors } = await attempt(() => new AuditTrail("audit", args(denyPolicy)), { calls: gcpCalls });
  expect(errors).toEqual([expect.stringContaining(`AuditTrail "audit": ${problem}`)]);
  expect(resources).toEqual([]);
});

test("services outside of GKE read as the pods do", async () => {
  const email = "web@ai-startup-production.iam.gserviceaccount.com";
  const { rules } = (await policyOf(
    { readers: [group("leads")] },
    { workspaces: [{ name: "production", serviceAccounts: [email] }] },
  )) as {
    rules: { denyRule: { exceptionPrincipals: string[] } }[];
  };
  expect(rules[0]?.denyRule.exceptionPrincipals).toContain(
    `principal://iam.googleapis.com/projects/-/serviceAccounts/${email}`,
  );
});
