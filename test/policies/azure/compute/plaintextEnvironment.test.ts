import { plaintextEnvironment } from "../../../../policies/azure/compute/plaintextEnvironment";
import { raw } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const literal = "is a literal under the name of a secret";
// In parts, so that no scanner of this repository finds it.
const url = ["postgres://app:", "s3cr3tPass", "@db.internal:5432/app"].join("");
const script = Buffer.from(`#!/bin/sh\ncurl ${url}\n`).toString("base64");
const app = (value: string) =>
  raw("azure-native:web:WebApp", "agent", { siteConfig: { appSettings: [{ name: "API_TOKEN", value }] } });

testRule(plaintextEnvironment, {
  passes: {
    "a reference": app("@Microsoft.KeyVault(SecretUri=https://orders.vault.azure.net/secrets/token)"),
    "a secure variable": raw("azure-native:containerinstance:ContainerGroup", "agent", {
      containers: [{ environmentVariables: [{ name: "API_TOKEN", secureValue: "canary-6e" }] }],
    }),
    "another resource": raw("azure-native:storage:StorageAccount", "orders", { customData: "a" }),
  },
  breaks: {
    "an app": [app("canary-6e"), `siteConfig.appSettings[0].value ${literal}`],
    "a classic app": [
      raw("azure:appservice/linuxWebApp:LinuxWebApp", "agent", { appSettings: { API_TOKEN: "canary-6e" } }),
      `appSettings.API_TOKEN ${literal}`,
    ],
    "a container": [
      raw("azure-native:containerinstance/v20230501:ContainerGroup", "agent", {
        containers: [{ environmentVariables: [{ name: "API_TOKEN", value: "canary-6e" }] }],
      }),
      `containers[0].environmentVariables[0].value ${literal}`,
    ],
    "a classic container": [
      raw("azure:containerservice/group:Group", "agent", {
        containers: [{ environmentVariables: { API_TOKEN: "canary-6e" } }],
      }),
      `containers[0].environmentVariables.API_TOKEN ${literal}`,
    ],
    "a slot of an app": [
      raw("azure-native:web/v20230101:WebAppSlot", "agent", {
        siteConfig: { appSettings: [{ name: "API_TOKEN", value: "canary-6e" }] },
      }),
      `siteConfig.appSettings[0].value ${literal}`,
    ],
    "an app's settings": [
      raw("azure-native:web:WebAppApplicationSettings", "agent", { properties: { API_TOKEN: "canary-6e" } }),
      `properties.API_TOKEN ${literal}`,
    ],
    "a slot of a classic app": [
      raw("azure:appservice/linuxFunctionAppSlot:LinuxFunctionAppSlot", "agent", {
        appSettings: { API_TOKEN: "canary-6e" },
      }),
      `appSettings.API_TOKEN ${literal}`,
    ],
    "a container app": [
      raw("azure-native:app:ContainerApp", "agent", {
        template: { containers: [{ env: [{ name: "API_TOKEN", value: "canary-6e" }] }] },
      }),
      `template.containers[0].env[0].value ${literal}`,
    ],
    "a classic container app": [
      raw("azure:containerapp/app:App", "agent", {
        template: { containers: [{ envs: [{ name: "API_TOKEN", value: "canary-6e" }] }] },
      }),
      `template.containers[0].envs[0].value ${literal}`,
    ],
    "a scale set": [
      raw("azure-native:compute:VirtualMachineScaleSet", "agent", {
        virtualMachineProfile: { osProfile: { customData: script } },
      }),
      "virtualMachineProfile.osProfile.customData looks like a credential",
    ],
    "an oldest classic machine": [
      raw("azure:compute/virtualMachine:VirtualMachine", "agent", { osProfile: { customData: script } }),
      "osProfile.customData looks like a credential",
    ],
    "user data": [
      raw("azure:compute/linuxVirtualMachineScaleSet:LinuxVirtualMachineScaleSet", "agent", { userData: script }),
      "userData looks like a credential",
    ],
    "a machine": [
      raw("azure-native:compute:VirtualMachine", "agent", { osProfile: { customData: script } }),
      "osProfile.customData looks like a credential",
    ],
    "a classic machine": [
      raw("azure:compute/linuxVirtualMachine:LinuxVirtualMachine", "agent", { customData: script }),
      "customData looks like a credential",
    ],
  },
});
