import { resourceRule, Severity } from "../../rule";
import { typesWith } from "../documents/places";
import { allowedEverywhere } from "./allowed";

/** https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html */
export const keyAccess = resourceRule({
  name: "aws-iam-decrypt-everything",
  requires: "No policy decrypts with every key",
  severity: Severity.High,
  ids: [
    "Config iam-customer-policy-blocked-kms-actions",
    "Config iam-inline-policy-blocked-kms-actions",
    "Security Hub KMS.1",
    "Security Hub KMS.2",
    "Prowler iam_policy_no_full_access_to_kms",
    "Prowler iam_inline_policy_no_full_access_to_kms",
  ],
  mend: "name the keys in Resource, or narrow them by kms:ViaService, kms:EncryptionContext or a tag",
  types: typesWith("identity"),
  problems: ({ type, inputs }) =>
    allowedEverywhere(type, inputs, ["kms:Decrypt", "kms:ReEncryptFrom"]).map(
      ({ path, allowed }) => `${path} allows ${allowed.join(", ")} with every key`,
    ),
});
