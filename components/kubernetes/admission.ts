import * as k8s from "@pulumi/kubernetes/admissionregistration/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkspaceRef } from "../workspaceRef";
import { mendedByUp, workspaceLabels } from "./namespace";
import policy from "./policies/admission.json";

/**
 * What the namespace takes of External Secrets and of the Secrets Store CSI driver: only what stays in the workspace.
 * The boundary is the cloud's (a reader reads its own secrets only); this holds where somebody gives a reader more, and
 * says what is wrong when it is written. What was there before the policy stays until it is changed.
 *
 * A SecretProviderClass lists its objects as YAML in one text, and CEL reads texts by regular expressions only. So a text
 * is taken if it is of JSON's letters as bindings write it: keys that are known, and texts without an escape that could
 * hide a key; then every `"objectName":"..."` in it is a name, and there is no other. One short expression: the API server
 * counts an expression's length times the text's, and a binding mounts up to 300 secrets.
 */
export function createAdmissionPolicy(
  name: string,
  workspace: WorkspaceRef,
  options: pulumi.CustomResourceOptions,
): void {
  const namespace = workspace.namespace as string;
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
        ...filled({ variables: policy.variables, validations: policy.validations }, placeholders(workspace)),
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

/** What `<name>` stands for in the policy's file. None of it has a quote or a backslash in it: all were checked. */
function placeholders(workspace: WorkspaceRef): Record<string, string> {
  const { name, prefix, namespace, region, replicaRegions = [], accountId, adopted = [] } = workspace;
  const regions = [region as string, ...replicaRegions];
  return {
    workspace: name,
    namespace: namespace as string,
    prefix: `${prefix}/${name}/`,
    accountId: accountId as string,
    regions: regions.join(", "),
    regionList: JSON.stringify(regions),
    regionPattern: regions.join("|"),
    adoptedList: JSON.stringify(adopted.map(({ arn }) => arn)),
  };
}

function filled<T>(template: T, values: Record<string, string>): T {
  const text = (value: string) => value.replace(/<([a-zA-Z]+)>/g, (_, key: string) => values[key] as string);
  return mapTexts(template, text) as T;
}

function mapTexts(node: unknown, change: (text: string) => string): unknown {
  if (typeof node === "string") return change(node);
  if (Array.isArray(node)) return node.map((item) => mapTexts(item, change));
  return Object.fromEntries(Object.entries(node as object).map(([key, value]) => [key, mapTexts(value, change)]));
}
