import { awsRules } from "./aws/rules";
import { azureRules } from "./azure/rules";
import { gcpRules } from "./gcp/rules";
import { kubernetesRules } from "./kubernetes/rules";
import type { Rule } from "./rule";
import { vantedgeRules } from "./vantedge/rules";

/** Every rule, by provider. */
export const rules: readonly Rule[] = [...vantedgeRules, ...awsRules, ...gcpRules, ...azureRules, ...kubernetesRules];
