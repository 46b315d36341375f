import { Severity, stackRule } from "../../rule";
import { workspacesOf, workspaceType } from "./workspaces";

/** `ListSecrets` knows no condition: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const sharedListing = stackRule({
  name: "vantedge-shared-listing",
  requires: "Workspaces that share an AWS account do not list each other's secrets",
  severity: Severity.Low,
  ids: [],
  mend: 'give each workspace an account of its own, or set listing: "none" or "explorer"',
  opinion: "names, descriptions and tags are shown, and never values",
  about: workspaceType,
  problems: (stack) => {
    const all = workspacesOf(stack);
    return all
      .filter(({ values }) => values.listing === "account" && typeof values.accountId === "string")
      .filter((one) => all.some((other) => other !== one && other.values.accountId === one.values.accountId))
      .map((resource) => ({ resource, problem: "listing shows the secrets of another workspace beside it" }));
  },
});
