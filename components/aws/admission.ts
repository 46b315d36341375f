import type { AdmissionRules } from "../backend";
import type { WorkspaceRef } from "../workspaceRef";
import policy from "./policies/admission.json";

/**
 * What stays in a workspace on AWS. A SecretProviderClass lists its objects as YAML in one text, and CEL reads texts by
 * regular expressions only. So a text is taken if it is of JSON's letters as bindings write it: keys that are known, and
 * texts without an escape that could hide a key; then every `"objectName":"..."` in it is a name, and there is no other.
 * One short expression: the API server counts an expression's length times the text's, and a binding mounts up to 300
 * secrets.
 */
export function admission(workspace: WorkspaceRef): AdmissionRules {
  const { name, prefix, region, replicaRegions = [], accountId, adopted = [] } = workspace;
  const regions = [region as string, ...replicaRegions];
  return {
    ...policy,
    placeholders: {
      prefix: `${prefix}/${name}/`,
      accountId: accountId as string,
      regions: regions.join(", "),
      regionList: JSON.stringify(regions),
      regionPattern: regions.join("|"),
      adoptedList: JSON.stringify(adopted.map(({ arn }) => arn)),
    },
  };
}
