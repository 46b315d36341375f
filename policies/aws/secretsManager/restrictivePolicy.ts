import { Severity, stackRule } from "../../rule";
import { linked, type StackResource } from "../../stack";
import { notYetKnown } from "../../value";
import { statementsOf } from "../documents/statements";

const secretType = "aws:secretsmanager/secret:Secret";

export const restrictivePolicy = stackRule({
  name: "aws-secretsmanager-restrictive-policy",
  requires: "A secret has a policy that denies whoever is not meant",
  severity: Severity.Low,
  ids: ["Prowler secretsmanager_has_restrictive_resource_policy"],
  mend: "add a SecretPolicy with a Deny on aws:PrincipalOrgID or aws:PrincipalArn, or lockdown to the Secret component",
  opinion: "a key whose policy says who decrypts keeps others out as well, for all secrets at once",
  about: secretType,
  problems: (stack) => {
    const policies = stack.ofType("aws:secretsmanager/secretPolicy:SecretPolicy").filter(denies);
    const guarded = new Set(policies.flatMap((policy) => linked(stack, policy, "secretArn", secretType)));
    return stack
      .ofType(secretType)
      .filter((secret) => !guarded.has(secret) && !denies(secret))
      .map((resource) => ({ resource, problem: "no policy in this stack denies whoever is not meant" }));
  },
});

function denies({ type, values }: StackResource): boolean {
  if (values.policy === notYetKnown) return true;
  return statementsOf(type, values, "resource").some(
    ({ effect, conditions }) => effect === "Deny" && Object.keys(conditions).length > 0,
  );
}
