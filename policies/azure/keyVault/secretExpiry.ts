import { resourceRule, Severity } from "../../rule";
import { at, isSet } from "../../value";
import { classicSecret, isNativeSecret } from "./vaults";

export const secretExpiry = resourceRule({
  name: "azure-keyvault-secret-expiry",
  requires: "A secret has an end",
  severity: Severity.Medium,
  ids: [
    "CKV_AZURE_41",
    "AZU-0017",
    "Prowler keyvault_rbac_secret_expiration_set",
    "Prowler keyvault_non_rbac_secret_expiration_set",
    "CIS Azure 8.3.3",
    "CIS Azure 8.3.4",
    "Terrascan AC_AZURE_0163",
  ],
  mend: "set properties.attributes.expires, or expirationDate with the classic provider",
  types: "all",
  problems: ({ type, inputs }) => {
    if (isNativeSecret(type)) {
      return isSet(at(inputs, "properties", "attributes", "expires"))
        ? []
        : ["properties.attributes.expires is missing"];
    }
    return type === classicSecret && !isSet(inputs.expirationDate) ? ["expirationDate is missing"] : [];
  },
});
