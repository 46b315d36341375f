import type { WorkspaceScope } from "../../../components/aws/iam";
import { beyondQuotas, policyLayout, quotas, rolePolicies } from "../../../components/aws/rolePolicies";
import { scopeOf } from "../../../components/aws/scope";
import type { WorkspaceSpec } from "../../../components/backend";
import { type RoleName, roleNames } from "../../../components/roles";
import { workspaceSpec } from "../../../components/workspaceSpec";
import type { AdoptedSecretArgs, WorkspaceArgs } from "../../../index";
import { accessWith, accountId, production } from "../../support/fixtures";

const keyOf = (region: string) => `arn:aws:kms:${region}:${accountId}:key/12345678-1234-1234-1234-123456789012`;

const adopted = (count: number): AdoptedSecretArgs[] =>
  Array.from({ length: count }, (_, index) => ({
    secretName: `legacy-${index}`,
    arn: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy-service-password-${index}-AbCdEf`,
    keyArn: keyOf("us-east-1"),
  }));

const specOf = (more: Partial<WorkspaceArgs> = {}): [WorkspaceSpec, WorkspaceScope] => {
  const spec = workspaceSpec("production", { ...production, ...more });
  return [spec, scopeOf(spec.ref)];
};

const layoutOf = (role: RoleName, more: Partial<WorkspaceArgs> = {}) => policyLayout(role, ...specOf(more));

test.each(roleNames)("rights and guard of %s are two inline policies", (role) => {
  const { inline, managed } = layoutOf(role);
  expect(Object.keys(inline)).toEqual(["access", "isolation"]);
  expect(managed).toEqual([]);
});

const regions = ["eu-west-1", "us-west-2", "ap-northeast-1", "eu-central-1"];

test.each([0, 1, 2, 3, 4])("with %i replicas, the longest names fit", (count) => {
  const [region = "", ...replicaRegions] = ["us-gov-east-1", ...regions.slice(0, count)];
  const aws = { region, accountId, replicaRegions };
  for (const role of roleNames) {
    expect(beyondQuotas(role, ...specOf({ workspaceName: "w".repeat(32), prefix: "p".repeat(30), aws }))).toEqual([]);
  }
});

test("where they don't fit, the guard's exception stays inline and the rest is managed", () => {
  const { inline, managed } = layoutOf("owner", { aws: { region: "us-east-1", accountId, replicaRegions: regions } });
  expect(inline).toEqual({ access: ["Describe"], isolation: ["IsoName"] });
  const all = layoutOf("owner").inline;
  const others = [...(all.access as string[]), ...(all.isolation as string[])].filter(
    (sid) => sid !== "IsoName" && sid !== "Describe",
  );
  expect(managed.flat().sort()).toEqual(others.sort());
});

test("the denials stand together, whatever is adopted", () => {
  const few = layoutOf("member", { adopt: adopted(1) }).managed[0];
  expect(layoutOf("member", { adopt: adopted(100) }).managed[0]).toEqual(few);
  expect(few).toContain("NeverRead");
  expect(few).toContain("IsoKey");
});

test.each([80, 100])("%i secrets can be adopted, and given up, in one run: each step of it fits", (count) => {
  for (const role of roleNames) {
    const size = (documents: (string | undefined)[]) => documents.join("").length;
    const [spec, scope] = specOf({ adopt: adopted(count) });
    const after = rolePolicies(role, scope, accessWith(keyOf("us-east-1")), policyLayout(role, spec, scope)).inline;
    const [plain, plainScope] = specOf();
    const layout = policyLayout(role, plain, plainScope);
    const before = rolePolicies(role, plainScope, accessWith(keyOf("us-east-1")), layout).inline;
    expect(size([after.access, before.isolation])).toBeLessThanOrEqual(quotas.inlineOfRole);
    expect(size([after.access, after.isolation])).toBeLessThanOrEqual(quotas.inlineOfRole);
  }
});

test("100 adopted secrets fit every role", () => {
  for (const role of roleNames) expect(beyondQuotas(role, ...specOf({ adopt: adopted(100) }))).toEqual([]);
});

test.each(roleNames)("every document of %s is within its quota with 100 adopted secrets, and none is lost", (role) => {
  const [spec, scope] = specOf({ adopt: adopted(100) });
  const layout = policyLayout(role, spec, scope);
  const { inline, managed } = rolePolicies(role, scope, accessWith(keyOf("us-east-1")), layout);
  for (const document of managed) expect(document.length).toBeLessThanOrEqual(quotas.managedPolicy);
  expect(Object.values(inline).join("").length).toBeLessThanOrEqual(quotas.inlineOfRole);
  for (const { arn } of adopted(100)) {
    expect(inline.isolation).toContain(`"${arn}"`);
    expect(managed.join("")).toContain(`"${arn}"`);
  }
});

test("more adopted secrets than a role can name are said in words", () => {
  expect(beyondQuotas("owner", ...specOf({ adopt: adopted(200) }))).toEqual([
    expect.stringMatching(/^the inline policies together would have 1\d{4} characters, and IAM takes 10240$/),
  ]);
});

test("the layout does not hang on what keys are called", () => {
  const [spec, scope] = specOf({ adopt: adopted(100) });
  const layout = policyLayout("owner", spec, scope);
  const short = rolePolicies("owner", scope, accessWith("arn:aws:kms:us-east-1:111122223333:key/k"), layout);
  expect(short.managed).toHaveLength(layout.managed.length);
});
