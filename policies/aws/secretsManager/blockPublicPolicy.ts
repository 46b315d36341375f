import { resourceRule, Severity } from "../../rule";
import { isOff } from "../../value";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
export const blockPublicPolicy = resourceRule({
  name: "aws-secretsmanager-block-public-policy",
  requires: "AWS checks that a secret's policy is not public before it takes it",
  severity: Severity.Medium,
  ids: [],
  mend: "set blockPublicPolicy: true",
  types: ["aws:secretsmanager/secretPolicy:SecretPolicy"],
  problems: ({ inputs }) => (isOff(inputs.blockPublicPolicy) ? ["blockPublicPolicy is not true"] : []),
  remedy: (props) => {
    props.blockPublicPolicy = true;
  },
});
