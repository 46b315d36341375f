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
  if (type.startsWith("azure-native:")) {
    return natives.flatMap(([module, name, texts]) => (isNative(type, module, name) ? texts(inputs) : []));
  }
  return classics.flatMap(([pattern, texts]) => (pattern.test(type) ? texts(inputs) : []));
}

/** Where each type of workload has its settings, by the native provider's modules and names. */
const natives: readonly [module: string, name: string, texts: (inputs: Values) => Text[]][] = [
  ["containerinstance", "ContainerGroup", (inputs) => ofContainers("", inputs.containers, "environmentVariables")],
  ["app", "ContainerApp", ({ template }) => ofContainers("template.", at(template, "containers"), "env")],
  ["app", "Job", ({ template }) => ofContainers("template.", at(template, "containers"), "env")],
  ["web", "WebApp", ofSite],
  ["web", "WebAppSlot", ofSite],
  ["web", "WebAppApplicationSettings", ({ properties }) => ofMap("properties", properties)],
  ["web", "WebAppApplicationSettingsSlot", ({ properties }) => ofMap("properties", properties)],
  [
    "compute",
    "VirtualMachine",
    ({ osProfile, userData }) => [...ofMachine(osProfile), ...ofScript("userData", userData)],
  ],
  [
    "compute",
    "VirtualMachineScaleSet",
    ({ virtualMachineProfile: profile }) => [
      ...ofMachine(at(profile, "osProfile"), "virtualMachineProfile."),
      ...ofScript("virtualMachineProfile.userData", at(profile, "userData")),
    ],
  ],
];

/** The same by the classic provider's types. */
const classics: readonly [type: RegExp, texts: (inputs: Values) => Text[]][] = [
  [/^azure:containerservice\/group:/, ({ containers }) => ofMaps(containers, "environmentVariables")],
  [/^azure:containerapp\/(app|job):/, ({ template }) => ofContainers("template.", at(template, "containers"), "envs")],
  [
    /^azure:appservice\/(appService|slot|(linux|windows)?(webApp|functionApp)(Slot)?):/i,
    ({ appSettings }) => ofMap("appSettings", appSettings),
  ],
  [
    /^azure:compute\/(linux|windows|orchestrated)?virtualMachine(ScaleSet)?:/i,
    ({ customData, userData, osProfile }) => [
      ...ofScript("customData", customData),
      ...ofScript("userData", userData),
      ...ofMachine(osProfile),
    ],
  ],
];

function ofSite({ siteConfig }: Values): Text[] {
  return ofPairs("siteConfig.appSettings", at(siteConfig, "appSettings"));
}

function ofMachine(osProfile: Value, path = ""): Text[] {
  return ofScript(`${path}osProfile.customData`, at(osProfile, "customData"));
}

function ofMaps(containers: Value, property: string): Text[] {
  return itemsOf(containers).flatMap((container, index) =>
    ofMap(`containers[${index}].${property}`, at(container, property)),
  );
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
    ofPairs(`${path}containers[${index}].${property}`, at(container, property)),
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
