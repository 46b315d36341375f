import { firewall } from "../../../../policies/azure/keyVault/firewall";
import { logging } from "../../../../policies/azure/keyVault/logging";
import { rbac } from "../../../../policies/azure/keyVault/rbac";
import { recoverable } from "../../../../policies/azure/keyVault/recoverable";
import { secretContentType } from "../../../../policies/azure/keyVault/secretContentType";
import { secretExpiry } from "../../../../policies/azure/keyVault/secretExpiry";
import { but, type Fixture, raw, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const settings = {
  enablePurgeProtection: true,
  enableRbacAuthorization: true,
  publicNetworkAccess: "Disabled",
  sku: { family: "A", name: "standard" },
};
const native = (changes: object = {}, version = "") =>
  raw(`azure-native:keyvault${version}:Vault`, "orders", {
    // Without what is undefined.
    properties: JSON.parse(JSON.stringify({ ...settings, ...changes })),
  });
const classic = raw("azure:keyvault/keyVault:KeyVault", "orders", {
  purgeProtectionEnabled: true,
  rbacAuthorizationEnabled: true,
  publicNetworkAccessEnabled: false,
});
const versioned = (changes: object) => native(changes, "/v20230701");
const passes: Record<string, Fixture> = {
  native: native(),
  "a version of the API": versioned({}),
  classic,
  "another resource": raw("azure-native:storage:StorageAccount", "orders", { properties: {} }),
};

testRule(recoverable, {
  passes,
  breaks: {
    "without protection": [
      native({ enablePurgeProtection: undefined }),
      "properties.enablePurgeProtection is not true",
    ],
    "of a version": [versioned({ enablePurgeProtection: false }), "properties.enablePurgeProtection is not true"],
    "no soft delete": [native({ enableSoftDelete: false }), "properties.enableSoftDelete is false"],
    classic: [but(classic, { purgeProtectionEnabled: undefined }), "purgeProtectionEnabled is not true"],
  },
});

testRule(rbac, {
  passes: {
    ...passes,
    "an older classic provider": but(classic, { rbacAuthorizationEnabled: undefined, enableRbacAuthorization: true }),
  },
  breaks: {
    native: [native({ enableRbacAuthorization: false }), "properties.enableRbacAuthorization is not true"],
    classic: [but(classic, { rbacAuthorizationEnabled: undefined }), "rbacAuthorizationEnabled is not true"],
  },
});

testRule(firewall, {
  passes: {
    ...passes,
    "a firewall": native({ publicNetworkAccess: "Enabled", networkAcls: { defaultAction: "Deny" } }),
    "a classic firewall": but(classic, {
      publicNetworkAccessEnabled: undefined,
      networkAcls: { defaultAction: "Deny" },
    }),
  },
  breaks: {
    "by default": [
      native({ publicNetworkAccess: undefined }),
      "properties.publicNetworkAccess and properties.networkAcls.defaultAction let everybody in",
    ],
    "a firewall that allows": [
      native({ publicNetworkAccess: "Enabled", networkAcls: { defaultAction: "Allow" } }),
      "properties.publicNetworkAccess and properties.networkAcls.defaultAction let everybody in",
    ],
    classic: [
      but(classic, { publicNetworkAccessEnabled: undefined }),
      "publicNetworkAccessEnabled and networkAcls.defaultAction let everybody in",
    ],
  },
});

const nativeLog = raw(
  "azure-native:insights:DiagnosticSetting",
  "audit",
  { resourceUri: unknownYet, logs: [{ categoryGroup: "audit", enabled: true }] },
  { refers: { resourceUri: [native()] } },
);
const classicLog = raw(
  "azure:monitoring/diagnosticSetting:DiagnosticSetting",
  "audit",
  { targetResourceId: unknownYet, enabledLogs: [{ category: "AuditEvent" }] },
  { refers: { targetResourceId: [classic] } },
);
const unrecorded = "no diagnostic setting in this stack records who reads it";

testRule(logging, {
  passes: { native: [native(), nativeLog], classic: [classic, classicLog] },
  breaks: {
    none: [native(), unrecorded],
    "turned off": [
      [native(), but(nativeLog, { logs: [{ categoryGroup: "audit", enabled: false }] })],
      ["orders", unrecorded],
    ],
    "metrics alone": [
      [classic, but(classicLog, { enabledLogs: undefined, enabledMetrics: [{ category: "AllMetrics" }] })],
      ["orders", unrecorded],
    ],
    "another category": [
      [classic, but(classicLog, { enabledLogs: [{ category: "AzurePolicyEvaluationDetails" }] })],
      ["orders", unrecorded],
    ],
    "none, classic": [classic, unrecorded],
    "another one's": [
      [classic, nativeLog],
      ["orders", unrecorded],
    ],
  },
});

const secret = raw("azure-native:keyvault:Secret", "token", {
  properties: { value: "canary-9b", contentType: "token", attributes: { expires: 1_800_000_000 } },
});
const classicSecret = raw("azure:keyvault/secret:Secret", "token", {
  value: "canary-9b",
  contentType: "token",
  expirationDate: "2027-01-01T00:00:00Z",
});

testRule(secretExpiry, {
  passes: { native: secret, classic: classicSecret },
  breaks: {
    native: [but(secret, { properties: { value: "canary-9b" } }), "properties.attributes.expires is missing"],
    classic: [but(classicSecret, { expirationDate: undefined }), "expirationDate is missing"],
  },
});

testRule(secretContentType, {
  passes: { native: secret, classic: classicSecret },
  breaks: {
    native: [but(secret, { properties: { value: "canary-9b" } }), "properties.contentType is missing"],
    classic: [but(classicSecret, { contentType: undefined }), "contentType is missing"],
  },
});
