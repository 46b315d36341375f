import { Alias, Key } from "@pulumi/aws/kms";
import { Secret } from "@pulumi/aws/secretsmanager";
import { secretKey } from "../../../../policies/vantedge/workspaces/secretKey";
import { type Fixture, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { workspace } from "../components";

const arn = (id: string, region = "eu-west-1") => `arn:aws:kms:${region}:111122223333:key/${id}`;
const production = workspace("production", {}, { keyArn: arn("of-production") });
const development = workspace("development", {}, { keyArn: arn("of-development") });
const keyOf = (parent: Fixture) => resource(Key, `${parent.name}-key`, {}, { parent });
const aliasOf = (parent: Fixture) =>
  resource(Alias, `${parent.name}-alias`, { name: `alias/vantedge-${parent.name}`, targetKeyId: "x" }, { parent });
const own = resource(Key, "orders", {});
const secret = (kmsKeyId?: string, refersTo?: Fixture, name = "vantedge/production/token") =>
  resource(Secret, "token", kmsKeyId === undefined ? { name } : { name, kmsKeyId }, {
    refers: refersTo === undefined ? {} : { kmsKeyId: [refersTo] },
  });
const wrong = "kmsKeyId is not the key of the workspace of its name";
const missing = "kmsKeyId is missing, and AWS's own key opens it to everybody there";

testRule(secretKey, {
  passes: {
    "the workspace's key, in a preview": [production, keyOf(production), secret(unknownYet, keyOf(production))],
    "the workspace's alias": [production, aliasOf(production), secret(unknownYet, aliasOf(production))],
    "its ARN": [production, secret(arn("of-production"))],
    "the alias by its name, in a team's stack": secret("alias/vantedge-production"),
    "a replica's key": [production, secret(arn("of-production-elsewhere", "eu-central-1"))],
    "a key that isn't known yet": [production, secret(unknownYet)],
    "an ARN, in a team's stack": secret(arn("of-anybody")),
    "a key of the stack, in a team's stack": [own, secret(unknownYet, own)],
    "a secret of nobody": [production, secret(undefined, undefined, "orders/token")],
  },
  breaks: {
    "left out": [
      [production, secret()],
      ["token", missing],
    ],
    empty: [
      [production, secret("")],
      ["token", missing],
    ],
    "the key of another workspace": [
      [production, development, keyOf(development), secret(unknownYet, keyOf(development))],
      ["token", wrong],
    ],
    "the ARN of another key": [
      [production, development, secret(arn("of-development"))],
      ["token", wrong],
    ],
    "a key of the program": [
      [production, own, secret(unknownYet, own)],
      ["token", wrong],
    ],
    "the alias of another workspace": [secret("alias/vantedge-development"), wrong],
    "the alias's ARN": [secret("arn:aws:kms:eu-west-1:111122223333:alias/aws/secretsmanager"), wrong],
  },
});
