import { sharedListing } from "../../../../policies/vantedge/workspaces/sharedListing";
import { but } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { workspace } from "../components";

const google = (name: string) =>
  but(workspace(name), { cloud: "gcp", accountId: undefined, listing: undefined, projectId: "orders" });
const problem = "listing shows the secrets of another workspace beside it";

testRule(sharedListing, {
  passes: {
    "one in its account": workspace("production"),
    "each in its account": [workspace("production"), workspace("development", { accountId: "444455556666" })],
    "none lists": [workspace("production", { listing: "none" }), workspace("development", { listing: "explorer" })],
    "on Google Cloud": [google("production"), google("development")],
  },
  breaks: {
    "two in one account": [
      [workspace("production"), workspace("development")],
      ["production", problem],
      ["development", problem],
    ],
    "one of them lists": [
      [workspace("production"), workspace("development", { listing: "none" })],
      ["production", problem],
    ],
  },
});
