import { currentVersion } from "../../../components/gcp/versions";
import { AuditTrail, DeploymentBinding, Workspace } from "../../../index";
import { canary } from "../../support/fixtures";
import { gcpCalls, gcpProduction, gcpRef, projectId, projectNumber } from "../../support/gcp";
import { gke } from "../../support/gke";
import { attempt, leaks, missingAt, saying } from "../../support/mocks";

const getProject = "gcp:organizations/getProject:getProject";
const failing = (token: string, said: string) => ({
  [token]: () => {
    throw saying(said);
  },
});
const place = `Google Cloud project ${projectId}`;

/** As Google's provider says it: https://github.com/hashicorp/terraform-provider-google/blob/main/google/transport/config.go */
const refusals: [string, string][] = [
  [
    `google: could not find default credentials. See https://cloud.google.com/docs/authentication ${canary}`,
    `no Google credentials found for ${place}: run "gcloud auth application-default login", or set GOOGLE_APPLICATION_CREDENTIALS to a credential file`,
  ],
  [
    `oauth2: "invalid_grant" "Token has been expired or revoked." ${canary}`,
    `the Google credentials for ${place} have expired or are refused: run "gcloud auth application-default login", or renew them`,
  ],
  [
    `googleapi: Error 403: The caller does not have permission, forbidden ${canary}`,
    `the credentials see no ${place}: correct projectId, or allow them resourcemanager.projects.get`,
  ],
  [
    `Get "https://cloudresourcemanager.googleapis.com/v1/projects/x": dial tcp: ${canary}`,
    `Google Cloud can't be reached for ${place} (no answer): check the network and the proxy`,
  ],
];

const programs: Record<string, () => void> = {
  Workspace: () => new Workspace("production", { ...gcpProduction, kubernetes: { namespace: "production" } }),
  AuditTrail: () =>
    new AuditTrail("audit", {
      organization: "A",
      gcp: { projectId, projectNumber, location: "EU" },
      workspaces: [{ name: "production" }],
    }),
  DeploymentBinding: () => new DeploymentBinding("agent", { workspace: gke, env: { A: { secret: "a" } } }),
};
programs["all together"] = () => {
  for (const name of ["Workspace", "AuditTrail"]) programs[name]?.();
};

const none: [string, string] = refusals[0] as [string, string];
test.each(Object.entries(programs))("%s: a project that can't be reached is one line", async (name, program) => {
  missingAt.mockResolvedValue([]);
  const calls = {
    ...failing(getProject, none[0]),
    "gcp:secretmanager/getSecret:getSecret": () => ({ name: "a" }),
    "gcp:secretmanager/getSecretVersion:getSecretVersion": () => ({ version: "1", createTime: "" }),
  };
  const outcome = await attempt(program, { calls });
  expect(outcome.errors).toEqual([none[1]]);
  const made = outcome.resources.filter(({ type }) => !type.startsWith("vantedge-secrets:"));
  expect(made.filter(({ type }) => name !== "DeploymentBinding" || type.startsWith("gcp:"))).toEqual([]);
});

test.each(refusals)("%s", async (said, message) => {
  const outcome = await attempt(programs.Workspace as () => void, { calls: failing(getProject, said) });
  expect(outcome.errors).toEqual([message]);
  expect(leaks(outcome, canary)).toEqual([]);
});

const getVersion = "gcp:secretmanager/getSecretVersion:getSecretVersion";
const version = `the version of projects/${projectId}/secrets/vantedge--production--db can't be looked up`;
test.each([
  [
    `googleapi: Error 403: Permission 'secretmanager.versions.get' denied ${canary}`,
    `${version}: whoever runs pulumi up needs secretmanager.versions.get`,
  ],
  [canary, `${version}: Google Cloud gave no answer: run it again`],
])("the version of a secret that can't be looked up: %s", async (said, message) => {
  const workspace = { ...gcpRef, prefix: "vantedge" };
  const program = () => ({ version: currentVersion(workspace, "db", {}) });
  const outcome = await attempt(program, { calls: { ...gcpCalls, ...failing(getVersion, said) } });
  expect(outcome.errors).toEqual([message]);
  expect(leaks(outcome, canary)).toEqual([]);
});
