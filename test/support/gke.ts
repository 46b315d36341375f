import { DeploymentBinding, type WorkspaceRef } from "../../index";
import { type More, outputs } from "./bindings";
import { gcpCalls, gcpRef } from "./gcp";
import { attempt, type Calls, run } from "./mocks";

/** The workspace of another stack, with a cluster. */
export const gke: WorkspaceRef = {
  ...gcpRef,
  namespace: "apps",
  cluster: { gke: { location: "europe-west3", clusterName: "main" } },
};
/** The same with GKE's Secret Manager add-on. */
export const withAddOn: WorkspaceRef = {
  ...gke,
  cluster: { gke: { location: "europe-west3", clusterName: "main", secretManagerAddOn: true } },
};

const version = () => ({ version: "7", createTime: "2026-11-25T15:01:23.004Z", enabled: true });

/** What Google says of every secret. */
export const gcpAnswers: Calls = {
  ...gcpCalls,
  "gcp:secretmanager/getSecret:getSecret": () => ({}),
  "gcp:secretmanager/getSecretVersion:getSecretVersion": version,
  "gcp:secretmanager/getRegionalSecret:getRegionalSecret": () => ({}),
  "gcp:secretmanager/getRegionalSecretVersion:getRegionalSecretVersion": version,
};

/** A binding of one variable, with all of its outputs. */
export const boundOnGke = (more: More = {}) =>
  run(() => outputs(new DeploymentBinding("agent", { workspace: gke, env: { A: { secret: "a" } }, ...more })), {
    calls: gcpAnswers,
  });

/** What is wrong with a binding, without its name. Nothing is registered then. */
export async function faultsOnGke(more: More): Promise<string[]> {
  const program = () => {
    new DeploymentBinding("agent", { workspace: gke, env: { A: { secret: "a" } }, ...more });
  };
  const { errors, resources } = await attempt(program, { calls: gcpAnswers });
  if (errors.length > 0) expect(resources).toEqual([]);
  return errors.map((line) => line.replace('DeploymentBinding "agent": ', ""));
}
