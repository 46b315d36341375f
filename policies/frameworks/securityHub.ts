import { type Mapping, mapping } from "./mapping";

const pci = mapping("PCI DSS", "4.0.1");

/**
 * What AWS Security Hub calls the related requirements of a control:
 * https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html and the pages of KMS and ECS
 * beside it; of CloudTrail.2, `RelatedRequirements` in a finding of it. Controls that are not here have none of PCI DSS
 * 4.0.1 on their page, or a page that was not read (CloudTrail.1 and CloudTrail.4).
 */
export const securityHub: Readonly<Record<string, readonly Mapping[]>> = {
  "SecretsManager.1": [pci("8.3.9", "8.6.3")],
  "SecretsManager.2": [pci("8.3.9", "8.6.3")],
  "SecretsManager.4": [pci("8.3.9", "8.6.3")],
  "KMS.4": [pci("3.7.4")],
  "CloudTrail.2": [pci("10.3.2")],
  "ECS.8": [pci("8.6.2")],
};
