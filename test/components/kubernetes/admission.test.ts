import { mendedByUp } from "../../../components/kubernetes/namespace";
import { Workspace, type WorkspaceArgs } from "../../../index";
import { accountId, labels, production } from "../../support/fixtures";
import { gcpCalls, gcpProduction, projectId, projectNumber } from "../../support/gcp";
import { named, only, run } from "../../support/mocks";

const policyType = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
const bindingType = `${policyType}Binding`;

interface Spec {
  validations: { expression: string; message: string }[];
  variables: { name: string; expression: string }[];
}

const provision = async (more: Partial<WorkspaceArgs> = {}) => {
  const kubernetes = { namespace: "apps", admissionPolicy: true };
  return (await run(() => new Workspace("production", { ...production, kubernetes, ...more }))).resources;
};

/** What the expressions decide is decided on the real API server: test/engine/admission.test.ts. */
test("the policy is the namespace's, refuses what it can't decide, and is bound by its name", async () => {
  const resources = await provision();
  const metadata = { name: "vantedge-apps", labels, annotations: mendedByUp };
  const { inputs } = only(resources, policyType, "production-admission");
  expect(inputs).toMatchObject({
    metadata,
    spec: {
      failurePolicy: "Fail",
      matchConstraints: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "apps" } } },
    },
  });
  expect(only(resources, bindingType, "production-admission").inputs).toMatchObject({
    metadata,
    spec: { policyName: "vantedge-apps", validationActions: ["Deny"] },
  });
});

test("it holds the workspace's facts, and no placeholder is left", async () => {
  const aws = { region: "us-east-1", accountId, replicaRegions: ["eu-west-1"] };
  const spec = only(await provision({ aws, prefix: "acme" }), policyType).inputs.spec as Spec;
  expect(JSON.stringify(spec)).not.toMatch(/<[a-zA-Z]+>|vantedge\//);
  expect(spec.variables.find(({ name }) => name === "adopted")?.expression).toBe("[]");
  expect(spec.validations.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      "a SecretStore of workspace production is in its regions: set provider.aws.region to one of us-east-1, eu-west-1",
    ]),
  );
  for (const { message } of spec.validations) expect(message).toMatch(/workspace production .*: [a-z].+/);
});

test("adopted secrets are in it by their whole ARN", async () => {
  const arn = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy/stripe-AbCdEf`;
  const adopt = [{ secretName: "stripe", arn, keyArn: `arn:aws:kms:us-east-1:${accountId}:key/legacy` }];
  const spec = only(await provision({ adopt }), policyType).inputs.spec as Spec;
  expect(spec.variables.find(({ name }) => name === "adopted")?.expression).toBe(`["${arn}"]`);
});

describe("on Google Cloud", () => {
  const onGoogle = async (gcp: object = {}) => {
    const kubernetes = { namespace: "apps", admissionPolicy: true };
    const args = { ...gcpProduction, gcp: { projectId, projectNumber, ...gcp }, prefix: "acme", kubernetes };
    const { resources } = await run(() => new Workspace("production", args), { calls: gcpCalls });
    return only(resources, policyType).inputs.spec as Spec;
  };
  const messages = ({ validations }: Spec) => validations.map(({ message }) => message);

  test("it holds the project by id and number and the ids' prefix, no placeholder is left, and nothing is of AWS", async () => {
    const spec = await onGoogle();
    const text = JSON.stringify(spec);
    expect(text).not.toMatch(/<[a-zA-Z]+>|vantedge-|aws|arn:/i);
    expect(text).toContain(
      `^projects/(${projectId}|${projectNumber})/secrets/acme--production--[A-Za-z0-9_-]+/versions/`,
    );
    for (const message of messages(spec)) expect(message).toMatch(/workspace production .*: [a-z].+/);
    expect(messages(spec)).toContain(
      "a SecretStore of workspace production reads where its secrets are: leave provider.gcpsm.location out",
    );
  });

  test("regional secrets are asked for in their place only", async () => {
    const spec = await onGoogle({ location: "europe-west3" });
    expect(JSON.stringify(spec)).toContain("/locations/europe-west3/secrets/acme--production--");
    expect(messages(spec)).toContain(
      "a SecretStore of workspace production reads where its secrets are: set provider.gcpsm.location to europe-west3",
    );
  });

  test("the dot of a domain's project stands for itself", async () => {
    const spec = await onGoogle({ projectId: "example.com:production" });
    expect(JSON.stringify(spec)).toContain("^projects/(example[.]com:production|");
  });
});

test("there is none where none is asked for", async () => {
  const resources = await provision({ kubernetes: { namespace: "apps" } });
  expect({ ...named(resources, policyType), ...named(resources, bindingType) }).toEqual({});
});
