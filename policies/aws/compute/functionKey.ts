import { resourceRule, Severity } from "../../rule";
import { at, isSet } from "../../value";

export const functionKey = resourceRule({
  name: "aws-lambda-environment-key",
  requires: "A function's environment is encrypted with a key of the customer's",
  severity: Severity.Low,
  ids: ["CKV_AWS_173"],
  mend: "set kmsKeyArn",
  opinion: "an environment that holds no secret needs no key of its own",
  types: ["aws:lambda/function:Function"],
  problems: ({ inputs }) =>
    isSet(at(inputs, "environment", "variables")) && !isSet(inputs.kmsKeyArn) ? ["kmsKeyArn is missing"] : [],
});
