import { output } from "@pulumi/pulumi";
import { Secret, type SecretLockdownArgs } from "../../../index";
import { accountId, arn, ref } from "../../support/fixtures";
import { attempt, named, only, run } from "../../support/mocks";

const policyType = "aws:secretsmanager/secretPolicy:SecretPolicy";
const role = (path: string) => `arn:aws:iam::${accountId}:role/vantedge/production/${path}`;
const rotation = {
  lambdaArn: `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--rotator`,
  intervalDays: 7,
};
const locked = (lockdown: SecretLockdownArgs) => () =>
  void new Secret("db", { workspace: ref, value: "v", rotation, lockdown });

test("the policy denies reading to all but readers, and changing to all but keepers", async () => {
  const { resources } = await run(
    locked({
      deployers: [{ arn: output(arn("ci")) }],
      readers: [{ arnPattern: "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Auditor*" }, { arn: arn("vault") }],
    }),
  );
  const { inputs, options } = only(resources, policyType, "db-lockdown");
  const { policy, ...rest } = inputs;
  expect(rest).toEqual({
    region: "us-east-1",
    secretArn: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/db-AbCdEf`,
    blockPublicPolicy: true,
  });
  expect(JSON.parse(policy as string)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OnlyReadersRead",
        Effect: "Deny",
        Principal: "*",
        Action: "secretsmanager:GetSecretV*",
        Resource: "*",
        Condition: {
          ArnNotLike: {
            "aws:PrincipalArn": [
              role("vantedge-production-admin"),
              role("vantedge-production-owner"),
              role("workload/*"),
              role("rotation/*"),
              "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Auditor*",
              arn("vault"),
            ],
          },
        },
      },
      {
        Sid: "OnlyKeepersChange",
        Effect: "Deny",
        Principal: "*",
        Action: [
          ...["A*", "CancelR*", "DeleteR*", "Dis*", "PutR*", "Rem*", "Rep*", "Ro*", "Stop*", "Tag*", "Untag*"].map(
            (action) => `secretsmanager:${action}`,
          ),
        ],
        Resource: "*",
        Condition: { ArnNotLike: { "aws:PrincipalArn": [role("vantedge-production-owner"), arn("ci")] } },
      },
    ],
  });
  expect(policy).not.toContain("NotPrincipal");
  expect(options.dependencies).toEqual(expect.arrayContaining(["db-rotation", "db-version"])); // the last that is made
});

test("there is no policy unless it is asked for", async () => {
  const { resources } = await run(() => void new Secret("db", { workspace: ref, value: "v" }));
  expect(named(resources, policyType)).toEqual({});
});

const many = Array.from({ length: 200 }, (_, index) => ({ arn: arn(`${"x".repeat(80)}-${index}`) }));

test.each<[string, object, RegExp[]]>([
  ["no deployers", {}, [/^Secret "db": lockdown\.deployers: is missing: it must be a list$/]],
  [
    "an empty list",
    { deployers: [] },
    [/^Secret "db": lockdown\.deployers: is empty: name whoever runs pulumi up, or nobody could change the secret$/],
  ],
  [
    "everybody",
    { deployers: [{ arnPattern: "arn:aws:iam::*:role/*" }] },
    [
      /^Secret "db": lockdown\.deployers\[0\]\.arnPattern: must name roles or users by whole words before its first wildcard/,
    ],
  ],
  [
    "an account",
    { deployers: [{ arn: arn("ci") }], readers: [{ arn: `arn:aws:iam::${accountId}:root` }] },
    [/^Secret "db": lockdown\.readers\[0\]\.arn: must be the ARN of one role or user/],
  ],
  [
    "more than AWS takes",
    { deployers: many },
    [/^Secret "db": lockdown: makes a policy of \d+ characters, and AWS takes 20480: name roles by a pattern$/],
  ],
])("bad input: %s", async (_, lockdown, problems) => {
  const outcome = await attempt(locked(lockdown as SecretLockdownArgs));
  expect(outcome.errors).toEqual(problems.map((problem) => expect.stringMatching(problem)));
  expect(outcome.resources).toEqual([]);
});

test("what is more than AWS takes only once it is known is refused then", async () => {
  const outcome = await attempt(locked({ deployers: many.map((one) => ({ arn: output(one.arn) })) }));
  expect(outcome.errors).toEqual([
    expect.stringMatching(/^Secret "db": lockdown: makes a policy of \d+ characters, and AWS takes 20480/),
  ]);
  expect(named(outcome.resources, policyType)).toEqual({});
});
