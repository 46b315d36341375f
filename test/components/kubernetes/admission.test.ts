import { mendedByUp } from "../../../components/kubernetes/namespace";
import { Workspace, type WorkspaceArgs } from "../../../index";
import { accountId, labels, production } from "../../support/fixtures";
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

test("there is none where none is asked for", async () => {
  const resources = await provision({ kubernetes: { namespace: "apps" } });
  expect({ ...named(resources, policyType), ...named(resources, bindingType) }).toEqual({});
});
