import { resourceRule, Severity } from "../../rule";
import { isOff } from "../../value";

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html */
export const logFileValidation = resourceRule({
  name: "aws-cloudtrail-log-file-validation",
  requires: "It shows if somebody changes a trail's log files",
  severity: Severity.Medium,
  ids: [
    "CKV_AWS_36",
    "AWS-0016",
    "CIS AWS 7.0 4.2",
    "Terrascan AC_AWS_0446",
    "cdk-nag CloudTrailLogFileValidationEnabled",
    "Security Hub CloudTrail.4",
  ],
  mend: "set enableLogFileValidation: true",
  types: ["aws:cloudtrail/trail:Trail"],
  problems: ({ inputs }) => (isOff(inputs.enableLogFileValidation) ? ["enableLogFileValidation is not true"] : []),
  remedy: (props) => {
    props.enableLogFileValidation = true;
  },
});
