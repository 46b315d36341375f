import { Secret, SecretPolicy } from "@pulumi/aws/secretsmanager";
import { type Fixture, resource } from "../../support/fixture";

/** A statement in each place where a secret's policy may stand. */
export function withStatement(statement: object, more: object = {}): Fixture {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return resource(SecretPolicy, "token", { secretArn: "arn:of:token", policy, ...more });
}

export function inSecret(statement: object): Fixture {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statement });
  return resource(Secret, "token", { policy });
}
