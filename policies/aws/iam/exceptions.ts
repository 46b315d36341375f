import { resourceRule, Severity } from "../../rule";
import { documentPlaces, typesWith } from "../documents/places";
import { statementsOf } from "../documents/statements";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html */
export const exceptions = resourceRule({
  name: "aws-iam-allow-by-exception",
  requires: "What a policy allows, it names",
  severity: Severity.Medium,
  ids: [
    "cfn-nag F6",
    "cfn-nag W14",
    "cfn-nag W15",
    "cfn-nag W16",
    "cfn-nag W17",
    "cfn-nag W21",
    "cfn-nag W22",
    "cfn-nag W23",
  ],
  mend: "list what is allowed in Action, Resource and Principal; NotAction, NotResource and NotPrincipal belong to a Deny",
  types: typesWith(...new Set(Object.values(documentPlaces).flatMap((places) => places.map(({ kind }) => kind)))),
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs)
      .filter(({ effect }) => effect === "Allow")
      .flatMap(({ path, notActions, notResources, notPrincipals }) =>
        Object.entries({ NotAction: notActions, NotResource: notResources, NotPrincipal: notPrincipals })
          .filter(([, list]) => list.length > 0)
          .map(([element]) => `${path}.${element} stands with Allow`),
      ),
});
