import { resourceRule, Severity } from "../../rule";
import { isOfCustomer } from "../secretsManager/customerManagedKey";

export const secureStringKey = resourceRule({
  name: "aws-ssm-secure-string-key",
  requires: "A SecureString is encrypted with a key of the customer's",
  severity: Severity.Medium,
  ids: ["CKV_AWS_337"],
  mend: "set keyId to a key whose policy says who decrypts",
  types: ["aws:ssm/parameter:Parameter"],
  problems: ({ inputs: { type, keyId } }) =>
    type === "SecureString" && !isOfCustomer(keyId) ? ["keyId names no key of the customer's"] : [],
});
