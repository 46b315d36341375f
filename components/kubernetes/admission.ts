import * as k8s from "@pulumi/kubernetes/admissionregistration/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { AdmissionRules } from "../backend";
import type { WorkspaceRef } from "../workspaceRef";
import { mendedByUp, workspaceLabels } from "./namespace";
import policy from "./policies/admission.json";

/**
 * What the namespace takes of External Secrets, of the Secrets Store CSI driver and of what else reads by its classes:
 * only what stays in the workspace. The boundary is the cloud's (a reader reads its own secrets only); this holds where
 * somebody gives a reader more, and says what is wrong when it is written. What was there before the policy stays until it
 * is changed. What is the same in every cloud is here; a cloud's own rules come with it.
 */
export function createAdmissionPolicy(
  name: string,
  workspace: WorkspaceRef,
  ofCloud: AdmissionRules,
  options: pulumi.CustomResourceOptions,
): void {
  const namespace = workspace.namespace as string;
  const rules = {
    variables: [...policy.variables, ...ofCloud.variables],
    validations: [...policy.validations, ...ofCloud.validations],
  };
  const metadata = { name: `vantedge-${namespace}`, labels: workspaceLabels(workspace), annotations: mendedByUp };
  const created = new k8s.ValidatingAdmissionPolicy(
    `${name}-admission`,
    {
      metadata,
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          matchPolicy: "Equivalent",
          // The API server sets this label itself, and nobody can change it.
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
          resourceRules: policy.resourceRules,
        },
        ...filled(rules, { workspace: workspace.name, namespace, ...ofCloud.placeholders }),
      },
    },
    options,
  );
  new k8s.ValidatingAdmissionPolicyBinding(
    `${name}-admission`,
    { metadata, spec: { policyName: created.metadata.name, validationActions: ["Deny"] } },
    options,
  );
}

/** None of what is put in has a quote or a backslash in it: all was checked. */
function filled<T>(template: T, values: Record<string, string>): T {
  const text = (value: string) => value.replace(/<([a-zA-Z]+)>/g, (_, key: string) => values[key] as string);
  return mapTexts(template, text) as T;
}

function mapTexts(node: unknown, change: (text: string) => string): unknown {
  if (typeof node === "string") return change(node);
  if (Array.isArray(node)) return node.map((item) => mapTexts(item, change));
  return Object.fromEntries(Object.entries(node as object).map(([key, value]) => [key, mapTexts(value, change)]));
}
