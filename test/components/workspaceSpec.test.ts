import { workspaceSpec } from "../../components/workspaceSpec";
import type { WorkspaceArgs } from "../../index";
import { gcpProduction, group } from "../support/gcp";

const gke = { location: "europe-west3", clusterName: "apps" };
const pool = "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/group/leads";
const roles: WorkspaceArgs["roles"] = {
  viewers: [{ gcp: group("auditors") }, { gcp: group("guests"), until: "2027-01-31" }, { gcp: pool }],
  members: [{ gcp: "user:jo@ai-startup.example" }],
  admins: [{ gcp: group("leads") }, { gcp: "serviceAccount:ci@ai-startup.iam.gserviceaccount.com" }],
};

test("on GKE, principals with an email and without an end are subjects beside those that are named", () => {
  const named = [{ user: "ann@ai-startup.example" }, { group: "leads@ai-startup.example" }];
  const kubernetes = { namespace: "apps", cluster: { gke }, subjects: { admins: named } };
  const { subjects, ref } = workspaceSpec("production", { ...gcpProduction, roles, kubernetes });
  const admins = [...named, { user: "ci@ai-startup.iam.gserviceaccount.com" }];
  expect(subjects).toEqual({
    viewer: [{ group: "auditors@ai-startup.example" }],
    member: [{ user: "jo@ai-startup.example" }],
    admin: admins,
    owner: [],
  });
  expect(ref.valueReaders).toEqual(admins);
});

test("without a GKE cluster, nobody is a subject who is not named", () => {
  const { subjects, ref } = workspaceSpec("production", { ...gcpProduction, roles, kubernetes: { namespace: "apps" } });
  expect(Object.values(subjects).flat()).toEqual([]);
  expect(ref).not.toHaveProperty("valueReaders");
});
