import { blockPublicPolicy } from "../../../../policies/aws/secretsManager/blockPublicPolicy";
import { but } from "../../support/fixture";
import { testRemedy, testRule } from "../../support/ruleTest";
import { withStatement } from "./policies";

const policy = withStatement(
  { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" },
  { blockPublicPolicy: true },
);
const off = but(policy, { blockPublicPolicy: false });

testRule(blockPublicPolicy, {
  passes: { on: policy },
  breaks: {
    off: [off, "blockPublicPolicy is not true"],
    "left out": [but(policy, { blockPublicPolicy: undefined }), "blockPublicPolicy is not true"],
  },
});

testRemedy(blockPublicPolicy, off, { blockPublicPolicy: true });
