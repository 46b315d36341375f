import { SecretRotation } from "@pulumi/aws/secretsmanager";
import { rotationInterval } from "../../../../policies/aws/secretsManager/rotationInterval";
import { resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const rotation = (rotationRules: object) =>
  resource(SecretRotation, "database", { secretId: "arn:of:database", rotationRules } as never);
const scheduled = (scheduleExpression: string) => rotation({ scheduleExpression });
const rarer = "rotationRules.scheduleExpression is rarer than every 90 days";
const wrong = "rotationRules.scheduleExpression is neither rate() nor cron() as AWS takes it";

testRule(rotationInterval, {
  passes: {
    days: rotation({ automaticallyAfterDays: 90 }),
    rate: scheduled("rate(90 days)"),
    hours: scheduled("rate(12 hours)"),
    "the first of each month": scheduled("cron(0 4 1 * ? *)"),
    "each Saturday": scheduled("cron(0 4 ? * SAT *)"),
    "the last day of a month": scheduled("cron(0 4 L * ? *)"),
    "each second month": scheduled("cron(0 4 1 */2 ? *)"),
  },
  breaks: {
    "too many days": [
      rotation({ automaticallyAfterDays: 91 }),
      "rotationRules.automaticallyAfterDays is rarer than every 90 days",
    ],
    "too rare a rate": [scheduled("rate(91 days)"), rarer],
    "each quarter, which may have 92 days": [scheduled("cron(0 4 1 1,4,7,10 ? *)"), rarer],
    "once a year": [scheduled("cron(0 4 1 1 ? *)"), rarer],
    "once in a leap year": [scheduled("cron(0 4 29 2 ? *)"), rarer],
    "a year that ends": [scheduled("cron(0 4 1 * ? 2027)"), rarer],
    "a year that is over": [scheduled("cron(0 4 1 * ? 2020)"), rarer],
    "no schedule": [scheduled("every month"), wrong],
    "five fields": [scheduled("cron(0 4 1 * ?)"), wrong],
  },
});

testRule(rotationInterval, {
  config: { maximumDays: 7 },
  passes: { "each Sunday": scheduled("cron(0 4 ? * 1 *)"), "each week": scheduled("rate(7 days)") },
  breaks: {
    "each first Sunday": [
      scheduled("cron(0 4 ? * 1#1 *)"),
      "rotationRules.scheduleExpression is rarer than every 7 days",
    ],
  },
});
