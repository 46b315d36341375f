import { resourceRule, Severity } from "../../rule";
import { holdsForOthers } from "../documents/narrow";
import { type Statement, statementsOf } from "../documents/statements";
import { covers } from "./allowed";

/**
 * Whoever gets a token of the issuer may take the role, unless a condition says which:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export const trustOfTokens = resourceRule({
  name: "aws-iam-trust-of-tokens",
  requires: "A role that is taken with a token says whose tokens it means",
  severity: Severity.Critical,
  ids: [],
  mend: "compare the token's sub with StringEquals, or with StringLike up to the repository or namespace",
  types: ["aws:iam/role:Role"],
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "trust")
      .filter(({ effect, principals, isPartial }) => effect === "Allow" && !isPartial && principals.some(isIssuer))
      .filter(({ actions }) => actions.some((pattern) => covers(pattern, "sts:AssumeRoleWithWebIdentity")))
      .flatMap((statement) => {
        if (isOfSubject(statement)) return [];
        return [`${statement.path}.Condition lets in every token of the issuer`];
      }),
});

function isIssuer({ kind, name }: Statement["principals"][number]): boolean {
  return kind === "Federated" && !/:saml-provider\//.test(name);
}

/** Claims that say whose a token is: `sub`, and what AWS knows of single issuers (an app's audience, a repository's id). */
const subjects =
  /:(sub|repository_id|repository|repository_owner_id|project_id|namespace_id|job_workflow_ref|oaud|app_id|user_id)$/i;
/** Issuers whose audience is an app of one's own: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
const ownAudience =
  /^(cognito-identity\.amazonaws\.com|accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)[:/]/i;

function isOfSubject({ conditions }: Statement): boolean {
  return Object.entries(conditions).some(([operator, keys]) => {
    if (holdsForOthers(operator)) return false;
    return Object.entries(keys).some(([key, wanted]) => {
      const isSubject = subjects.test(key) || (ownAudience.test(key) && /:(aud|app_id)$/i.test(key));
      return isSubject && wanted.length > 0 && !wanted.some((value) => /like$/i.test(operator) && isAnybody(value));
    });
  });
}

/** How far a subject must be written out before its first wildcard, so that nobody else's begins the same. */
const owned = [
  { format: "repo:", whole: /^repo:[^/]+\// },
  { format: "project_path:", whole: /^project_path:[^/]+\// },
  { format: "organization:", whole: /^organization:[^:]+:/ },
  { format: "system:serviceaccount:", whole: /^system:serviceaccount:./ },
];

/** `*`, `repo:*`, `repo:acme*` (acme-evil is another owner), `system:serviceaccount:*`. */
function isAnybody(value: string): boolean {
  const [written = ""] = value.split(/[*?]/);
  if (written === value) return false;
  if (written === "") return true;
  const known = owned.find(({ format }) => format.startsWith(written) || written.startsWith(format));
  return known !== undefined && !known.whole.test(written);
}
