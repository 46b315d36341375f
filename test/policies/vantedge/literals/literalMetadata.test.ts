import { Key } from "@pulumi/aws/kms";
import { Secret } from "@pulumi/aws/secretsmanager";
import { Secret as GoogleSecret } from "@pulumi/gcp/secretmanager";
import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { literalMetadata } from "../../../../policies/vantedge/literals/literalMetadata";
import { but, raw, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

// In parts, so that no scanner of this repository finds it.
const token = ["ghp", "_", "a1B2c3D4e5".repeat(3), "abcdef"].join("");
const secret = resource(Secret, "token", {
  name: "orders/token-0001",
  description: "The token of orders, issued by GitHub for the password reset",
  tags: { team: "orders", secret: "orders-database", token: "true", "vantedge-type": "api-token" },
});
const selector = { matchLabels: { app: "api" } };
const pods = (metadata: object, ofPods: object = {}) =>
  resource(Deployment, "api", {
    metadata,
    spec: { selector, template: { metadata: ofPods, spec: { containers: [{ name: "main" }] } } },
  });
const named = "is a literal under the name of a secret";
const credential = "looks like a credential";

testRule(literalMetadata, {
  passes: {
    "a secret with tags": secret,
    "an ARN among tags": but(secret, {
      tags: { token: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/token-AbCdEf" },
    }),
    "the annotations of tools": pods(
      { annotations: { "secret.reloader.stakater.com/reload": "api-token-1", "checksum/secret": "b5bb9d8014a0f9b1" } },
      { annotations: { "secrets.example.com/openai-api-key": "6d9a7f5e-1c2b-4a3d-8e9f-0a1b2c3d4e5f" } },
    ),
    "tags that are no JSON": raw("example:index:Service", "api", { labels: "orders, token" }),
    "a value where it belongs": raw("aws:secretsmanager/secretVersion:SecretVersion", "token", { secretString: token }),
  },
  breaks: {
    "a tag under the name of a secret": [
      but(secret, { tags: { team: "orders", password: "hunter2-of-orders" } }),
      `tags.password ${named}`,
    ],
    "a credential in a tag": [but(secret, { tags: { note: token } }), `tags.note ${credential}`],
    "a key and a value that are swapped": [
      but(secret, { tags: { [token]: "orders" } }),
      `tags.(a key that looks like a secret) ${credential}`,
    ],
    "a list of tags": [
      raw("aws-native:secretsmanager:Secret", "token", {
        tags: [
          { key: "team", value: "orders" },
          { key: "x", value: token },
        ],
      }),
      `tags[1] ${credential}`,
    ],
    "the default tags of a provider": [
      raw("pulumi:providers:aws", "main", { defaultTags: { tags: { note: token } } }),
      `defaultTags.tags.note ${credential}`,
    ],
    "the default tags of a provider, as it gets them": [
      raw("pulumi:providers:aws", "main", { defaultTags: JSON.stringify({ tags: { note: token } }) }),
      `defaultTags.tags.note ${credential}`,
    ],
    // Pulumi prints names itself, before and after: what is left is to say so.
    "the name in the program": [{ ...secret, name: `orders-${token}` }, `its name ${credential}`],
    "a description": [resource(Key, "orders", { description: `Encrypts ${token}` }), `description ${credential}`],
    "a name": [but(secret, { name: `orders/${token}` }), `name ${credential}`],
    "labels and annotations of Google": [
      resource(GoogleSecret, "token", {
        secretId: "token",
        replication: { auto: {} },
        labels: { password: "hunter2-of-orders" },
        annotations: { note: token },
      }),
      `annotations.note ${credential}`,
      `labels.password ${named}`,
    ],
    "labels and annotations of Kubernetes": [
      pods({ name: "api", labels: { token: "hunter2-of-orders" } }, { annotations: { "example.com/note": token } }),
      `metadata.labels.token ${named}`,
      `spec.template.metadata.annotations.example.com/note ${credential}`,
    ],
    "a component of anybody": [
      raw("example:index:Service", "api", { description: token, labels: [{ Key: "x", Value: token }] }),
      `description ${credential}`,
      `labels[0] ${credential}`,
    ],
  },
});
