import { resourceRule, Severity } from "../../rule";
import { isOff, type Value } from "../../value";
import { classicVault, readVault } from "./vaults";

/** https://learn.microsoft.com/azure/key-vault/general/rbac-access-policy */
export const rbac = resourceRule({
  name: "azure-keyvault-rbac",
  requires: "Roles say who reads a vault, not access policies of its own",
  severity: Severity.Medium,
  ids: ["Prowler keyvault_rbac_enabled", "CIS Azure 8.3.6"],
  mend: "set enableRbacAuthorization: true, or rbacAuthorizationEnabled with the classic provider",
  types: "all",
  problems: (subject) => {
    const setting = readVault(subject, { native: "enableRbacAuthorization", classic: "rbacAuthorizationEnabled" });
    if (setting === undefined) return [];
    // Before version 6 of the classic provider.
    const older: Value[] = subject.type === classicVault ? [subject.inputs.enableRbacAuthorization] : [];
    return isOff(setting.value) && older.every(isOff) ? [`${setting.name} is not true`] : [];
  },
});
