import { Trail } from "@pulumi/aws/cloudtrail";
import { Bucket, BucketAcl, BucketLogging, BucketPolicy, BucketPublicAccessBlock } from "@pulumi/aws/s3";
import { bucketLogging } from "../../../../policies/aws/cloudTrail/bucketLogging";
import { bucketPublic } from "../../../../policies/aws/cloudTrail/bucketPublic";
import { but, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const bucket = resource(Bucket, "logs", { bucket: "acme-logs" }, { outputs: { id: unknownYet } });
const open = resource(Bucket, "site", { acl: "public-read" });
const trail = resource(Trail, "account", { s3BucketName: unknownYet }, { refers: { s3BucketName: [bucket] } });
const named = resource(Trail, "account", { s3BucketName: "acme-logs" });
const of = { refers: { bucket: [bucket] } };
const shut = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const block = resource(BucketPublicAccessBlock, "logs", { bucket: unknownYet, ...shut }, of);
const policy = (statement: object) =>
  resource(BucketPolicy, "logs", { bucket: unknownYet, policy: JSON.stringify({ Statement: [statement] }) }, of);
const write = { Effect: "Allow", Action: "s3:PutObject", Resource: "*" };

testRule(bucketPublic, {
  passes: {
    "private by default": [bucket, trail],
    shut: [bucket, trail, block],
    "CloudTrail alone": [bucket, trail, policy({ ...write, Principal: { Service: "cloudtrail.amazonaws.com" } })],
    "another bucket is open": [bucket, trail, open],
    "a bucket of another stack": [resource(Trail, "account", { s3BucketName: "elsewhere" }), open],
  },
  breaks: {
    "an ACL": [
      [but(bucket, { acl: "public-read" }), named],
      ["logs", "its ACL lets everybody in"],
    ],
    "an ACL beside it": [
      [bucket, trail, resource(BucketAcl, "logs", { bucket: unknownYet, acl: "authenticated-read" }, of)],
      ["logs", "its ACL lets everybody in"],
    ],
    "a grant": [
      [but(bucket, { grants: [{ type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" }] }), named],
      ["logs", "its ACL lets everybody in"],
    ],
    "a switch": [
      [bucket, trail, but(block, { ignorePublicAcls: false })],
      ["logs", "ignorePublicAcls is false"],
    ],
    "a policy": [
      [bucket, trail, policy({ ...write, Principal: "*" })],
      ["logs", "its policy.Statement[0].Principal is everybody"],
    ],
  },
});

testRule(bucketLogging, {
  passes: {
    "a resource of its own": [
      bucket,
      trail,
      resource(BucketLogging, "logs", { bucket: unknownYet, targetBucket: "access", targetPrefix: "a/" }, of),
    ],
    "in the bucket": [but(bucket, { logging: { targetBucket: "access" } }), named],
  },
  breaks: {
    nothing: [
      [bucket, trail],
      ["logs", "nothing records who reads it"],
    ],
  },
});
