import { Severity, stackRule } from "../../rule";
import type { Stack, StackResource } from "../../stack";
import { at, isOff, itemsOf, notYetKnown, type Value } from "../../value";
import { isNative } from "../types";
import { classicVault, isNativeVault } from "./vaults";

/** https://learn.microsoft.com/azure/key-vault/general/logging */
export const logging = stackRule({
  name: "azure-keyvault-logging",
  requires: "Who reads a vault is recorded",
  severity: Severity.Medium,
  ids: ["Prowler keyvault_logging_enabled", "Terrascan AC_AZURE_0169", "CIS Azure 6.1.1.4"],
  mend: "add a diagnostic setting of the vault with the category AuditEvent",
  about: "all",
  problems: (stack) => {
    const vaults = stack.resources.filter(({ type }) => isNativeVault(type) || type === classicVault);
    if (vaults.length === 0) return [];
    const logged = loggedResources(stack);
    return vaults
      .filter((vault) => !logged(vault))
      .map((resource) => ({ resource, problem: "no diagnostic setting in this stack records who reads it" }));
  },
});

function loggedResources(stack: Stack): (vault: StackResource) => boolean {
  const settings = stack.resources.flatMap((setting) => {
    if (
      isNative(setting.type, "insights", "DiagnosticSetting") ||
      isNative(setting.type, "monitor", "DiagnosticSetting")
    )
      return [{ setting, property: "resourceUri" }];
    return setting.type === "azure:monitoring/diagnosticSetting:DiagnosticSetting"
      ? [{ setting, property: "targetResourceId" }]
      : [];
  });
  return (vault) =>
    settings.some(
      ({ setting, property }) =>
        recordsReaders(setting) &&
        (setting.referredBy(property).includes(vault) ||
          (typeof vault.values.id === "string" && setting.values[property] === vault.values.id)),
    );
}

/** https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings: metrics alone say nothing of readers. */
function recordsReaders({ values }: StackResource): boolean {
  // `logs` of the native provider can be off; `enabledLogs` and `logs` of older versions are the classic one's.
  const lists: Value[] = [values.logs, values.enabledLogs];
  return lists.some(
    (logs) =>
      logs === notYetKnown ||
      itemsOf(logs).some((log) => {
        if (log === notYetKnown) return true;
        const isOn = at(log, "enabled") === undefined || !isOff(at(log, "enabled"));
        const category = at(log, "category");
        const group = at(log, "categoryGroup");
        const isTold = category === notYetKnown || group === notYetKnown || category === "AuditEvent";
        return isOn && (isTold || group === "audit" || group === "allLogs");
      }),
  );
}
