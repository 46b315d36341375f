import { secretReason, shownKey } from "../../literals/place";
import { resourceRule, Severity } from "../../rule";
import { at, entriesOf, itemsOf, type Value, type Values } from "../../value";
import { isNative } from "../types";

interface Text {
  path: string;
  /** The last part of the path, where that is the program's own word. */
  key?: string;
  name: string;
  value: Value;
}

export const plaintextEnvironment = resourceRule({
  name: "azure-compute-plaintext-environment",
  requires: "No secret stands in a workload's settings or start script, where whoever may see the workload reads it",
  severity: Severity.High,
  ids: ["CKV_AZURE_45", "CKV_AZURE_235"],
  mend: "refer to a vault (@Microsoft.KeyVault), or use the secure environment variables of a container",
  types: "all",
  problems: async ({ type, inputs }) => {
    const found = textsOf(type, inputs).map(async ({ path, key, name, value }) => {
      const reason = isVaultReference(value) ? undefined : await secretReason(name, value);
      if (reason === undefined) return [];
      return [key === undefined ? `${path} ${reason}` : `${path}.${await shownKey(key)} ${reason}`];
    });
    return (await Promise.all(found)).flat();
  },
});

function textsOf(type: string, inputs: Values): Text[] {
  if (!type.startsWith("azure")) return [];
  if (isNative(type, "containerinstance", "ContainerGroup")) {
    return ofContainers("containers", inputs.containers, "environmentVariables");
  }
  if (isNative(type, "web", "WebApp")) {
    return ofPairs("siteConfig.appSettings", at(inputs, "siteConfig", "appSettings"));
  }
  if (isNative(type, "compute", "VirtualMachine"))
    return ofScript("osProfile.customData", at(inputs, "osProfile", "customData"));
  if (/^azure:appservice\/(linux|windows)?(webApp|functionApp):/i.test(type))
    return ofMap("appSettings", inputs.appSettings);
  if (type === "azure:containerservice/group:Group") {
    return itemsOf(inputs.containers).flatMap((container, index) =>
      ofMap(`containers[${index}].environmentVariables`, at(container, "environmentVariables")),
    );
  }
  return /^azure:compute\/(linux|windows)?virtualMachine:/i.test(type) ? ofScript("customData", inputs.customData) : [];
}

function ofMap(path: string, settings: Value): Text[] {
  return entriesOf(settings).map(([name, value]) => ({ path, key: name, name, value }));
}

function ofPairs(path: string, settings: Value): Text[] {
  return itemsOf(settings).map((one, index) => ({
    path: `${path}[${index}].value`,
    name: String(at(one, "name") ?? ""),
    value: at(one, "value"),
  }));
}

function ofContainers(path: string, containers: Value, property: string): Text[] {
  return itemsOf(containers).flatMap((container, index) =>
    ofPairs(`${path}[${index}].${property}`, at(container, property)),
  );
}

function ofScript(path: string, script: Value): Text[] {
  if (typeof script !== "string") return [];
  const isBase64 = /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/.test(script);
  const text = isBase64 ? Buffer.from(script, "base64").toString("utf8") : script;
  return text.split("\n").map((line) => ({ path, name: "", value: line }));
}

/** https://learn.microsoft.com/azure/app-service/app-service-key-vault-references */
function isVaultReference(value: Value): boolean {
  return typeof value === "string" && value.startsWith("@Microsoft.KeyVault(");
}
