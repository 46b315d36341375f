import { ConfigMap } from "@pulumi/kubernetes/core/v1";
import { literalConfigMap } from "../../../../policies/kubernetes/secrets/literalConfigMap";
import { resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

// In parts, so that no scanner of this repository finds it.
const token = ["ghp", "_", "a1B2c3D4e5".repeat(3), "abcdef"].join("");
const map = (data: Record<string, string>, binaryData: Record<string, string> = {}) =>
  resource(ConfigMap, "settings", { metadata: { name: "settings" }, data, binaryData });
const base64 = (text: string) => Buffer.from(text).toString("base64");

testRule(literalConfigMap, {
  passes: {
    settings: map({ LOG_LEVEL: "debug", TOKEN_TTL: "3600", DATABASE_HOST: "db.internal", "secret-name": "orders" }),
    "a file": map({
      "application.yaml": [
        "server:",
        "  port: 8080",
        "database:",
        "  password: ${DATABASE_PASSWORD}",
        "  passwordFile: /etc/secrets/password",
        "  secret:",
        "    name: orders",
        "tokens: [a, b]",
        "# password: of the database",
      ].join("\n"),
    }),
    bytes: map({}, { "logo.png": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ" }),
  },
  breaks: {
    "under the name of a secret": [
      map({ LOG_LEVEL: "debug", DATABASE_PASSWORD: "hunter2-of-orders" }),
      "data.DATABASE_PASSWORD is a literal under the name of a secret",
    ],
    "a credential under any name": [map({ X: token }), "data.X looks like a credential"],
    "a credential in a file": [
      map({ "settings.ini": `[main]\nlevel = debug\nx = ${token}\n` }),
      "data.settings.ini looks like a file with a credential",
    ],
    "a password in a file of properties": [
      map({ "application.properties": "server.port=8080\nspring.datasource.password=hunter2-of-orders\n" }),
      "data.application.properties has a literal under the name of a secret in line 2",
    ],
    "a password in a file of JSON": [
      map({ "settings.json": '{\n  "password": "hunter2-of-orders",\n  "port": 8080\n}' }),
      "data.settings.json has a literal under the name of a secret in line 2",
    ],
    "in base64": [map({}, { X: base64(token) }), "binaryData.X looks like a credential"],
    "a value in place of its key": [
      map({ [token]: "hunter2-of-orders-1", DATABASE_PASSWORD: token }),
      "data.DATABASE_PASSWORD looks like a credential",
    ],
  },
});
