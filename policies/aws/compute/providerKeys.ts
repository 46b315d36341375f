import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

/** A pack is shown secrets in clear and without a mark, so a key from the configuration looks like one in the program. */
export const providerKeys = resourceRule({
  name: "aws-provider-static-keys",
  requires: "A provider has no access keys of its own",
  severity: Severity.Medium,
  ids: ["CKV_AWS_41"],
  mend: "let it take a role: assumeRoles, assumeRoleWithWebIdentity, or the credentials of whoever runs pulumi",
  types: ["pulumi:providers:aws"],
  problems: ({ inputs }) =>
    ["accessKey", "secretKey"].filter((property) => isSet(inputs[property])).map((property) => `${property} is set`),
});
