import { resourceRule, Severity } from "../../rule";
import { at, isSet, itemsOf } from "../../value";

export const clusterSecrets = resourceRule({
  name: "aws-eks-secrets-encrypted",
  requires: "Secrets of an EKS cluster are encrypted with a key of the customer's",
  severity: Severity.Medium,
  ids: [
    "CKV_AWS_58",
    "AWS-0039",
    "Config eks-secrets-encrypted",
    "Prowler eks_cluster_kms_cmk_encryption_in_secrets_enabled",
    "Pulumi aws-eks-cluster-enable-cluster-encryption-config",
  ],
  mend: 'set encryptionConfig with resources: ["secrets"] and provider.keyArn',
  types: ["aws:eks/cluster:Cluster"],
  problems: ({ inputs: { encryptionConfig } }) => {
    if (!isSet(encryptionConfig)) return ["encryptionConfig is missing"];
    const isWhole = typeof encryptionConfig === "symbol" || typeof at(encryptionConfig, "resources") === "symbol";
    const covers = itemsOf(at(encryptionConfig, "resources")).some(
      (one) => one === "secrets" || typeof one === "symbol",
    );
    return isWhole || covers ? [] : ["encryptionConfig.resources leaves secrets out"];
  },
});
