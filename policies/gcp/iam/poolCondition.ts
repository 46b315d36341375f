import { resourceRule, Severity } from "../../rule";
import { at, isSet, notYetKnown, type Value } from "../../value";

/** https://cloud.google.com/iam/docs/workload-identity-federation#conditions: an issuer serves other companies too. */
export const poolCondition = resourceRule({
  name: "gcp-iam-pool-provider-condition",
  requires: "A provider of a workload identity pool says whose tokens it takes",
  severity: Severity.High,
  ids: ["CKV_GCP_118", "GCP-0068", "Prowler iam_workload_identity_pool_provider_attribute_condition"],
  mend: 'set attributeCondition, for example assertion.repository_owner_id == "1234"',
  types: ["gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider"],
  problems: ({ inputs: { attributeCondition, oidc } }) =>
    // AWS accounts and SAML providers are one's own already.
    // An issuer that is one's own tenant may not be known yet.
    isSet(oidc) && at(oidc, "issuerUri") !== notYetKnown ? conditionProblems(attributeCondition) : [],
});

function conditionProblems(condition: Value): string[] {
  if (!isSet(condition)) return ["attributeCondition is missing"];
  return typeof condition === "string" && condition.trim() === "true" ? ["attributeCondition always holds"] : [];
}
