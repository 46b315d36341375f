import { WorkloadIdentityPoolProvider } from "@pulumi/gcp/iam";
import { Account, Key } from "@pulumi/gcp/serviceaccount";
import { accountKeys } from "../../../../policies/gcp/iam/accountKeys";
import { poolCondition } from "../../../../policies/gcp/iam/poolCondition";
import { but, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

testRule(accountKeys, {
  passes: { "the account alone": resource(Account, "app", { accountId: "app" }) },
  breaks: { any: [resource(Key, "app", { serviceAccountId: "a" }), "it is a key that somebody has to keep"] },
});

const github = resource(WorkloadIdentityPoolProvider, "github", {
  workloadIdentityPoolId: "ci",
  workloadIdentityPoolProviderId: "github",
  oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
  attributeCondition: 'assertion.repository_owner_id == "1234"',
});

testRule(poolCondition, {
  passes: {
    "with a condition": github,
    "an issuer that isn't known yet": but(github, { attributeCondition: undefined, oidc: { issuerUri: unknownYet } }),
    "an AWS account": but(github, {
      oidc: undefined,
      attributeCondition: undefined,
      aws: { accountId: "111122223333" },
    }),
  },
  breaks: {
    without: [but(github, { attributeCondition: undefined }), "attributeCondition is missing"],
    "one that always holds": [but(github, { attributeCondition: "true" }), "attributeCondition always holds"],
  },
});
