import { type Fixture, raw } from "../support/fixture";

/** Components as the engine shows them: what they pass to `super`, and their outputs. */
export function workspace(name: string, inputs: object = {}, outputs: object = {}): Fixture {
  const facts = { workspaceName: name, organization: "Orders", cloud: "aws", prefix: "vantedge", namespace: name };
  const place = { region: "eu-west-1", accountId: "111122223333", listing: "account", memberKms: "validate" };
  return raw("vantedge-secrets:index:Workspace", name, { ...facts, ...place, ...inputs }, { outputs: { ...outputs } });
}

export function secretOf(workspaceName: string, name: string): Fixture {
  const facts = { secretName: name, type: "generic", workspace: workspaceName, cloud: "aws" };
  return raw("vantedge-secrets:index:Secret", `${workspaceName}-${name}`, { ...facts, hasValue: true });
}

export function binding(inputs: object): Fixture {
  const facts = { bindingName: "agent", kind: "agent", workload: "Deployment", workspace: "production", cloud: "aws" };
  const choices = { delivery: "external-secrets", freshness: "latest", restartedBy: "pulumi" };
  return raw("vantedge-secrets:index:DeploymentBinding", "agent", { ...facts, ...choices, ...inputs });
}
