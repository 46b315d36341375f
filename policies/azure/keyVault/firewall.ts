import { resourceRule, Severity } from "../../rule";
import { notYetKnown, type Value } from "../../value";
import { readVault } from "./vaults";

export const firewall = resourceRule({
  name: "azure-keyvault-firewall",
  requires: "A vault can't be reached from everywhere",
  severity: Severity.Medium,
  ids: [
    "CKV_AZURE_109",
    "CKV_AZURE_189",
    "CKV2_AZURE_32",
    "AZU-0013",
    "Prowler keyvault_private_endpoints",
    "CIS Azure 8.3.8",
  ],
  mend: 'turn public network access off, or set networkAcls.defaultAction: "Deny"',
  types: "all",
  problems: (subject) => {
    const open = readVault(subject, { native: "publicNetworkAccess", classic: "publicNetworkAccessEnabled" });
    const action = readVault(subject, { native: "networkAcls.defaultAction", classic: "networkAcls.defaultAction" });
    if (open === undefined || action === undefined) return [];
    return isShut(open.value) || isDenied(action.value) ? [] : [`${open.name} and ${action.name} let everybody in`];
  },
});

function isShut(access: Value): boolean {
  return (
    access === notYetKnown || access === false || (typeof access === "string" && access.toLowerCase() === "disabled")
  );
}

function isDenied(action: Value): boolean {
  return action === notYetKnown || action === "Deny";
}
