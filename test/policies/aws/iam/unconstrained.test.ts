import { Policy } from "@pulumi/aws/iam";
import { credentialsExposure } from "../../../../policies/aws/iam/credentialsExposure";
import { dataExfiltration } from "../../../../policies/aws/iam/dataExfiltration";
import { keyAccess } from "../../../../policies/aws/iam/keyAccess";
import { passRole } from "../../../../policies/aws/iam/passRole";
import { permissionsManagement } from "../../../../policies/aws/iam/permissionsManagement";
import { privilegeEscalation } from "../../../../policies/aws/iam/privilegeEscalation";
import { resourceWildcard } from "../../../../policies/aws/iam/resourceWildcard";
import { unconstrainedWrite } from "../../../../policies/aws/iam/unconstrainedWrite";
import { type Fixture, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { allow, policy } from "./documents";

const at = "policy.Statement[0]";
const when = (Condition: object) => ({ Condition });
const secrets = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/*";

testRule(dataExfiltration, {
  passes: {
    "named secrets": policy(allow("secretsmanager:GetSecretValue", secrets)),
    "by tag": policy(
      allow("secretsmanager:GetSecretValue", "*", when({ StringEquals: { "aws:ResourceTag/team": "orders" } })),
    ),
    "through a service": policy(
      allow("ssm:GetParameter", "*", when({ StringEquals: { "aws:CalledViaLast": "cloudformation.amazonaws.com" } })),
    ),
    "taken back": policy(allow("ssm:*"), { Effect: "Deny", Action: "ssm:GetParam*", Resource: "*" }),
    "a condition not known yet": resource(Policy, "app", {
      policy: {
        Version: "2012-10-17",
        Statement: [
          { ...allow("ssm:GetParameter"), Condition: { StringEquals: { "aws:ResourceTag/team": unknownYet } } },
        ],
      } as never,
    }),
    "what lists": policy(allow(["secretsmanager:ListSecrets", "ssm:DescribeParameters"])),
    "a denial": policy({ ...allow("secretsmanager:GetSecretValue"), Effect: "Deny" }),
    "said by another rule": policy(allow("*")),
  },
  breaks: {
    "all secrets": [
      policy(allow("secretsmanager:GetSecretValue")),
      `${at} allows secretsmanager:GetSecretValue on everything`,
    ],
    "all secrets of an account": [
      policy(allow("secretsmanager:Get*", "arn:aws:secretsmanager:*:111122223333:secret:*")),
      `${at} allows secretsmanager:GetSecretValue on everything`,
    ],
    ...Object.fromEntries(
      [
        "arn:aws:secretsmanager:*",
        "arn:aws:secretsmanager:*:*:secret*",
        "arn:aws:secretsmanager:*:*:secret:*-??????",
      ].map((resource) => [
        resource,
        [
          policy(allow("secretsmanager:GetSecretValue", resource)),
          `${at} allows secretsmanager:GetSecretValue on everything`,
        ],
      ]),
    ),
    "conditions that hold for others": [
      policy(
        allow("ssm:GetParameter", "*", when({ StringNotEquals: { "aws:ResourceTag/team": "orders" } })),
        allow("ssm:GetParameter", "*", when({ StringEqualsIfExists: { "aws:ResourceTag/team": "orders" } })),
        allow("ssm:GetParameter", "*", when({ StringLike: { "aws:ResourceTag/team": ["orders", "*"] } })),
      ),
      ...[0, 1, 2].map((index) => `policy.Statement[${index}] allows ssm:GetParameter on everything`),
    ] as [Fixture, string],
    "in another case": [
      policy(allow("SECRETSMANAGER:getsecretvalue")),
      `${at} allows secretsmanager:GetSecretValue on everything`,
    ],
    "more than three": [
      policy(allow(["s3:*", "ssm:*", "secretsmanager:*"])),
      `${at} allows s3:GetObject, s3:GetObjectVersion, secretsmanager:GetSecretValue and 4 more on everything`,
    ],
    "all but some actions": [
      policy({ Effect: "Allow", NotAction: ["s3:*", "rds:*", "ssm:*"], Resource: "*" }),
      `${at} allows secretsmanager:GetSecretValue on everything`,
    ],
    "all but some resources": [
      policy({ Effect: "Allow", Action: "ssm:GetParameter", NotResource: secrets }),
      `${at} allows ssm:GetParameter on everything`,
    ],
    "with MFA": [
      policy(allow("ssm:GetParameter", "*", when({ Bool: { "aws:MultiFactorAuthPresent": "true" } }))),
      `${at} allows ssm:GetParameter on everything`,
    ],
    "a condition that any value meets": [
      policy(allow("ssm:GetParameter", "*", when({ StringLike: { "aws:ResourceTag/team": "*" } }))),
      `${at} allows ssm:GetParameter on everything`,
    ],
  },
});

testRule(credentialsExposure, {
  passes: {
    "one role": policy(allow("sts:AssumeRole", "arn:aws:iam::111122223333:role/app")),
    "what AWS can't narrow": policy(allow("ecr:GetAuthorizationToken")),
  },
  breaks: { "any role": [policy(allow("sts:AssumeRole")), `${at} allows sts:AssumeRole on everything`] },
});

testRule(permissionsManagement, {
  passes: { "one role": policy(allow("iam:PutRolePolicy", "arn:aws:iam::111122223333:role/app")) },
  breaks: {
    "any secret's policy": [
      policy(allow("secretsmanager:PutResourcePolicy")),
      `${at} allows secretsmanager:PutResourcePolicy on everything`,
    ],
    "any key's grants": [policy(allow("kms:*Grant")), `${at} allows kms:CreateGrant, kms:RevokeGrant on everything`],
  },
});

testRule(unconstrainedWrite, {
  passes: { "named secrets": policy(allow("secretsmanager:PutSecretValue", secrets)) },
  breaks: {
    "any secret": [policy(allow("secretsmanager:Put*")), `${at} allows secretsmanager:PutSecretValue on everything`],
    "any trail": [policy(allow("cloudtrail:StopLogging")), `${at} allows cloudtrail:StopLogging on everything`],
  },
});

testRule(keyAccess, {
  passes: {
    "one key": policy(allow("kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1234")),
    "through Secrets Manager": policy(
      allow("kms:Decrypt", "*", when({ StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } })),
    ),
    "other actions": policy(allow(["kms:DescribeKey", "kms:ListAliases"])),
  },
  breaks: {
    "every key": [policy(allow("kms:Decrypt")), `${at} allows kms:Decrypt with every key`],
    "every key of an account": [
      policy(allow("kms:Decrypt", "arn:aws:kms:*:111122223333:key/*")),
      `${at} allows kms:Decrypt with every key`,
    ],
    everything: [policy(allow("kms:*")), `${at} allows kms:Decrypt, kms:ReEncryptFrom with every key`],
  },
});

testRule(passRole, {
  passes: {
    "one role": policy(allow("iam:PassRole", "arn:aws:iam::111122223333:role/app")),
    "to one service": policy(
      allow("iam:PassRole", "*", when({ StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } })),
    ),
  },
  breaks: {
    "any role": [policy(allow("iam:PassRole")), `${at} hands any role to a service`],
    "any role of an account": [
      policy(allow("iam:Pass*", "arn:aws:iam::111122223333:role/*")),
      `${at} hands any role to a service`,
    ],
  },
});

testRule(privilegeEscalation, {
  passes: {
    "half of a way": policy(allow("lambda:CreateFunction")),
    "a named role": policy(
      allow("iam:PassRole", "arn:aws:iam::111122223333:role/app"),
      allow(["lambda:CreateFunction", "lambda:InvokeFunction"]),
    ),
  },
  breaks: {
    "in one statement": [
      policy(allow(["iam:PassRole", "ec2:RunInstances"])),
      "the document lets its holder become an administrator by iam:PassRole with ec2:RunInstances",
    ],
    "in two statements": [
      policy(allow("iam:PassRole"), allow("ec2:Run*")),
      "the document lets its holder become an administrator by iam:PassRole with ec2:RunInstances",
    ],
    "one's own role": [
      policy(allow("iam:PutRolePolicy")),
      "the document lets its holder become an administrator by iam:PutRolePolicy",
    ],
    "several ways": [
      policy(allow(["iam:CreateAccessKey", "iam:AddUserToGroup"])),
      "the document lets its holder become an administrator by iam:CreateAccessKey, and 1 more ways",
    ],
  },
});

testRule(resourceWildcard, {
  passes: {
    "what takes no resource": policy(
      allow([
        "secretsmanager:ListSecrets",
        "secretsmanager:BatchGetSecretValue",
        "kms:ListAliases",
        "ec2:DescribeVpcs",
      ]),
    ),
    "services that the table lacks": policy(allow("textract:AnalyzeDocument")),
    "a resource": policy(allow("s3:GetObject", "arn:aws:s3:::orders/*")),
    "a condition": policy(allow("s3:GetObject", "*", when({ StringEquals: { "s3:ResourceAccount": "111122223333" } }))),
  },
  breaks: {
    "an object": [policy(allow("s3:GetObject")), `${at}.Resource is a wildcard for actions that take resources`],
    "all of a service": [policy(allow("sqs:*")), `${at}.Resource is a wildcard for actions that take resources`],
  },
});
