import { BucketPolicy } from "@pulumi/aws/s3";
import { anyPrincipal } from "../../../../policies/aws/iam/anyPrincipal";
import { exceptions } from "../../../../policies/aws/iam/exceptions";
import { resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { allow, policy, trust } from "./documents";

const bucket = (statement: object) =>
  resource(BucketPolicy, "site", { bucket: "site", policy: JSON.stringify({ Statement: [statement] }) });

testRule(exceptions, {
  passes: {
    "with a denial": policy({ Effect: "Deny", NotAction: "iam:*", NotResource: "arn:aws:s3:::a" }),
    "what is named": policy(allow("s3:GetObject", "arn:aws:s3:::a/*")),
  },
  breaks: {
    actions: [
      policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      "policy.Statement[0].NotAction stands with Allow",
    ],
    resources: [
      policy({ Effect: "Allow", Action: "s3:*", NotResource: "arn:aws:s3:::a" }),
      "policy.Statement[0].NotResource stands with Allow",
    ],
    both: [
      policy({ Effect: "Allow", NotAction: "iam:*", NotResource: "arn:aws:s3:::a" }),
      "policy.Statement[0].NotAction stands with Allow",
      "policy.Statement[0].NotResource stands with Allow",
    ],
    "principals of a bucket": [
      bucket({ Effect: "Allow", NotPrincipal: { AWS: "111122223333" }, Action: "s3:*", Resource: "*" }),
      "policy.Statement[0].NotPrincipal stands with Allow",
    ],
    "principals of a trust": [
      trust({ Effect: "Allow", NotPrincipal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }),
      "assumeRolePolicy.Statement[0].NotPrincipal stands with Allow",
    ],
  },
});

testRule(anyPrincipal, {
  passes: {
    "an account": bucket({ ...allow("s3:*"), Principal: { AWS: "111122223333" } }),
    "of an organization": bucket({
      ...allow("s3:*"),
      Principal: "*",
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
    }),
  },
  breaks: {
    everybody: [bucket({ ...allow("s3:GetObject"), Principal: "*" }), "policy.Statement[0].Principal is everybody"],
  },
});
