import { Secret } from "@pulumi/aws/secretsmanager";
import { Secret as GoogleSecret, RegionalSecret } from "@pulumi/gcp/secretmanager";
import { secretTag } from "../../../../policies/vantedge/workspaces/secretTag";
import { but, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { workspace } from "../components";

const secret = resource(Secret, "token", {
  name: "vantedge/production/token",
  tags: { "vantedge-workspace": "production" },
});
const google = resource(GoogleSecret, "token", {
  secretId: "vantedge--production--token",
  replication: { auto: {} },
  labels: { "vantedge-workspace": "production" },
});
const regional = resource(RegionalSecret, "token", {
  secretId: "vantedge--production--token",
  location: "europe-west3",
});
const wrong = "vantedge-workspace is not the workspace of its name";
const missing = "vantedge-workspace is missing";

testRule(secretTag, {
  passes: {
    "the tag of its name": secret,
    "the label of its name": google,
    "a provider's tag": { ...but(secret, { tags: {} }), outputs: { tagsAll: { "vantedge-workspace": "production" } } },
    "tags that aren't known yet": { ...but(secret, { tags: undefined }), outputs: { tagsAll: unknownYet } },
    "a secret of nobody": but(secret, { name: "orders/production/token", tags: {} }),
    "one that only begins alike": but(secret, { name: "vantedge-orders/production/token", tags: {} }),
    "a name with less in it": but(secret, { name: "vantedge/token", tags: {} }),
  },
  breaks: {
    "another workspace": [but(secret, { tags: { "vantedge-workspace": "development" } }), `tags.${wrong}`],
    "no tags": [but(secret, { tags: undefined }), `tags.${missing}`],
    "another case": [but(secret, { tags: { "vantedge-workspace": "Production" } }), `tags.${wrong}`],
    "another label": [but(google, { labels: { "vantedge-workspace": "development" } }), `labels.${wrong}`],
    "no label, in a location": [regional, `labels.${missing}`],
    "a prefix of a workspace in the stack": [
      [workspace("production", { prefix: "acme" }), but(secret, { name: "acme/production/token", tags: {} })],
      ["token", `tags.${missing}`],
    ],
  },
});
