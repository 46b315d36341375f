import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsTrailSpec } from "../backend";
import { partitionOf } from "./iam";
import keyStatements from "./policies/alertKey.json";
import topicStatements from "./policies/alertTopic.json";
import { filledDocument } from "./policyDocument";

const topicName = "vantedge-alerts";
/** `--` is in no workspace's name: the key of a workspace "alerts" has the alias `alias/vantedge-alerts`. */
const keyAlias = "alias/vantedge--alerts";

export function topicArn({ accountId }: AwsTrailSpec, region: string): string {
  return `arn:${partitionOf(region)}:sns:${region}:${accountId}:${topicName}`;
}

/**
 * Where the alerts of one region go: a rule reaches a topic of its own region only. The key is ours because the one that
 * AWS manages for SNS lets no rule encrypt. The policies name no source: a topic's policy whose statement for EventBridge
 * has a condition lets no alert in (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html),
 * nor does a key's with `aws:SourceArn` (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
 */
export function createAlertTopic(
  name: string,
  suffix: string,
  region: string,
  spec: AwsTrailSpec,
  account: pulumi.Output<string>,
  tags: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const key = new kms.Key(
    `${name}-alerts-key${suffix}`,
    {
      region,
      description: "Alerts of the audit trail",
      policy: account.apply(() => document(keyStatements, spec, region)),
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags,
    },
    options,
  );
  new kms.Alias(`${name}-alerts-alias${suffix}`, { region, name: keyAlias, targetKeyId: key.keyId }, options);
  const topic = new sns.Topic(
    `${name}-alerts${suffix}`,
    { region, name: topicName, displayName: "vantedge", kmsMasterKeyId: key.arn, tags },
    options,
  );
  new sns.TopicPolicy(
    `${name}-alerts${suffix}`,
    { region, arn: topic.arn, policy: document(topicStatements, spec, region) },
    options,
  );
  for (const email of spec.emails) {
    new sns.TopicSubscription(
      `${name}-alerts${suffix}-${email}`,
      { region, topic: topic.arn, protocol: "email", endpoint: email },
      options,
    );
  }
  return topic.arn;
}

function document(statements: object[], spec: AwsTrailSpec, region: string): string {
  const values = {
    partition: partitionOf(region),
    account: spec.accountId,
    topicArn: topicArn(spec, region),
  };
  return filledDocument(statements, values);
}
