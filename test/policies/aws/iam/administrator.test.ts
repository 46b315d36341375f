import { actionWildcard } from "../../../../policies/aws/iam/actionWildcard";
import { administrator } from "../../../../policies/aws/iam/administrator";
import { serviceWildcard } from "../../../../policies/aws/iam/serviceWildcard";
import { trailAccess } from "../../../../policies/aws/iam/trailAccess";
import { testRule } from "../../support/ruleTest";
import { allow, everywhere, policy } from "./documents";

const problem = (path: string) => `${path}.Statement[0] allows everything on everything`;
const bucket = "arn:aws:s3:::orders/*";

testRule(administrator, {
  passes: {
    "named actions": policy(allow(["s3:GetObject"], bucket)),
    "a denial": policy({ ...allow("*"), Effect: "Deny" }),
    "everything on one bucket": policy(allow("*", bucket)),
    "everything of a service": policy(allow("s3:*")),
  },
  breaks: {
    ...Object.fromEntries(
      Object.entries(everywhere(allow("*"))).map(([what, [fixture, path]]) => [what, [fixture, problem(path)]]),
    ),
    "two stars": [policy(allow("*:*")), problem("policy")],
    "in lists": [policy(allow(["s3:GetObject", "*"], [bucket, "*"])), problem("policy")],
    "the second statement": [
      policy(allow("s3:GetObject", bucket), allow("*")),
      "policy.Statement[1] allows everything on everything",
    ],
  },
});

testRule(actionWildcard, {
  passes: { "named actions": policy(allow("s3:*")), "said by another rule": policy(allow("*")) },
  breaks: { "on one bucket": [policy(allow("*", bucket)), "policy.Statement[0].Action is a wildcard"] },
});

testRule(serviceWildcard, {
  passes: {
    "named actions": policy(allow(["s3:Get*", "s3:PutObject"])),
    "a denial": policy({ ...allow("s3:*"), Effect: "Deny" }),
    "said by another rule": policy(allow("*")),
  },
  breaks: {
    "all of a service": [policy(allow("s3:*", bucket)), "policy.Statement[0].Action allows all of a service"],
    "all of IAM": [policy(allow(["s3:GetObject", "IAM:*"])), "policy.Statement[0].Action allows all of a service"],
  },
});

testRule(trailAccess, {
  passes: {
    "named actions": policy(allow(["cloudtrail:LookupEvents", "cloudtrail:Get*"])),
    "one trail": policy(allow("cloudtrail:*", "arn:aws:cloudtrail:us-east-1:111122223333:trail/a")),
    "a denial": policy({ ...allow("cloudtrail:*"), Effect: "Deny" }),
  },
  breaks: {
    everything: [policy(allow("CloudTrail:*")), "policy.Statement[0] allows everything of CloudTrail on everything"],
  },
});
