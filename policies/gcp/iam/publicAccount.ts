import { Severity } from "../../rule";
import { grantRule } from "./grantRule";
import { isEverybody } from "./grants";

/** Whoever may act as a service account has its rights: https://cloud.google.com/iam/docs/service-account-permissions */
export const publicAccount = grantRule(
  {
    name: "gcp-iam-account-not-public",
    requires: "A service account is for named principals only",
    severity: Severity.Critical,
    ids: [],
    mend: "name the principals that may act as it",
  },
  ["serviceAccount"],
  isEverybody,
  "is everybody",
);
