import { Cluster } from "@pulumi/aws/eks";
import { clusterSecrets } from "../../../../policies/aws/compute/clusterSecrets";
import { providerKeys } from "../../../../policies/aws/compute/providerKeys";
import { but, raw, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const cluster = resource(Cluster, "main", {
  roleArn: "arn:of:role",
  vpcConfig: { subnetIds: [] },
  encryptionConfig: { provider: { keyArn: unknownYet }, resources: ["secrets"] },
});

testRule(clusterSecrets, {
  passes: { "a key": cluster },
  breaks: {
    none: [but(cluster, { encryptionConfig: undefined }), "encryptionConfig is missing"],
    "other resources": [
      but(cluster, { encryptionConfig: { provider: { keyArn: "a" }, resources: [] } }),
      "encryptionConfig.resources leaves secrets out",
    ],
  },
});

testRule(providerKeys, {
  passes: { "a role": raw("pulumi:providers:aws", "production", { region: "us-east-1", assumeRoles: "[]" }) },
  breaks: {
    keys: [
      raw("pulumi:providers:aws", "production", { accessKey: "canary-access", secretKey: "canary-secret" }),
      "accessKey is set",
      "secretKey is set",
    ],
  },
});
