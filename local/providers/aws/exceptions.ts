/**
 * What the naming rules do not give, as @pulumi/aws 7.48 has it (its .js and .d.ts files are the source).
 * Without this table the rules give the Pulumi names of 99 % of the inputs of the services used here.
 */

/** `module:Type` to Terraform's resource type. */
export const resourceTypes: { [token: string]: string } = {
  "cfg:DeliveryChannel": "aws_config_delivery_channel",
  "cfg:Recorder": "aws_config_configuration_recorder",
  "cfg:RecorderStatus": "aws_config_configuration_recorder_status",
  "cfg:Rule": "aws_config_config_rule",
  "cloudtrail:Trail": "aws_cloudtrail",
  "iam:OpenIdConnectProvider": "aws_iam_openid_connect_provider",
  "lb:LoadBalancer": "aws_lb",
  "resourceexplorer:Index": "aws_resourceexplorer2_index",
  "resourceexplorer:View": "aws_resourceexplorer2_view",
  "s3:BucketObjectv2": "aws_s3_object",
};

/** `module:getName` to Terraform's data source. */
export const sourceTypes: { [token: string]: string } = {
  "iam:getOpenIdConnectProvider": "aws_iam_openid_connect_provider",
  "lb:getLoadBalancer": "aws_lb",
};

/** Pulumi's names of single fields, by Terraform type ("provider" is the provider's own configuration). */
export const propertyNames: { [type: string]: { [field: string]: string } } = {
  aws_cloudwatch_log_subscription_filter: { log_group_name: "logGroup" },
  aws_cloudwatch_metric_alarm: { alarm_name: "name" },
  aws_lambda_function: { function_name: "name" },
  aws_lambda_permission: { function_name: "function" },
  aws_network_acl: { egress: "egress", ingress: "ingress" },
  aws_security_group: { egress: "egress", ingress: "ingress" },
  aws_sns_topic_subscription: { topic_arn: "topic" },
};

/** Blocks of one item at most whose limit is a validator of the provider, which its schema does not show. */
export const singleBlocks: { [type: string]: string[] } = {
  aws_s3_bucket_lifecycle_configuration: [
    "abort_incomplete_multipart_upload",
    "and",
    "expiration",
    "filter",
    "noncurrent_version_expiration",
    "tag",
  ],
  provider: ["assume_role_with_web_identity", "default_tags", "ignore_tags"],
};

/** What Pulumi names for the user, where it is not `name`. */
export const autonamed: { [type: string]: { field: string; lowerCase: boolean } } = {
  aws_cloudwatch_metric_alarm: { field: "alarm_name", lowerCase: false },
  aws_lambda_function: { field: "function_name", lowerCase: false },
  aws_s3_bucket: { field: "bucket", lowerCase: true },
};

/** Types whose `name` is not the object's own, or has a form of its own: it is taken as given. */
export const neverAutonamed = new Set(["aws_kms_alias", "aws_route53_record"]);

/** String attributes that take a JSON document as an object as well (`TransformJSONDocument` in pulumi-aws). */
export const jsonDocuments = new Set(["assume_role_policy", "inline_policy", "policy"]);

/** Services without regions: their resources have no `region` property in @pulumi/aws. */
export const globalServices = /^aws_(cloudfront|iam|organizations|route53|shield|waf)_/;
