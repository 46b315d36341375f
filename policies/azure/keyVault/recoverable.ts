import { resourceRule, Severity } from "../../rule";
import { isOff } from "../../value";
import { readVault } from "./vaults";

/** Soft delete can't be turned off any more: https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview */
export const recoverable = resourceRule({
  name: "azure-keyvault-recoverable",
  requires: "What is deleted from a vault can be brought back",
  severity: Severity.Medium,
  ids: [
    "CKV_AZURE_42",
    "CKV_AZURE_110",
    "CKV_AZURE_111",
    "AZU-0016",
    "Prowler keyvault_recoverable",
    "Terrascan AC_AZURE_0170",
  ],
  mend: "set enablePurgeProtection: true, or purgeProtectionEnabled with the classic provider, and leave soft delete on",
  types: "all",
  problems: (subject) => {
    const purge = readVault(subject, { native: "enablePurgeProtection", classic: "purgeProtectionEnabled" });
    const soft = readVault(subject, { native: "enableSoftDelete", classic: "softDeleteEnabled" });
    return [
      ...(purge !== undefined && isOff(purge.value) ? [`${purge.name} is not true`] : []),
      ...(soft?.value === false ? [`${soft.name} is false`] : []),
    ];
  },
});
