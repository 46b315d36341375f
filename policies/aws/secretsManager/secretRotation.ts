import { Severity, stackRule } from "../../rule";
import { linked } from "../../stack";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html */
export const secretRotation = stackRule({
  name: "aws-secretsmanager-secret-rotation",
  requires: "A secret is rotated automatically",
  severity: Severity.Medium,
  ids: [
    "CKV2_AWS_57",
    "Security Hub SecretsManager.1",
    "Config secretsmanager-rotation-enabled-check",
    "Prowler secretsmanager_automatic_rotation_enabled",
    "cdk-nag AwsSolutions-SMG4",
    "cdk-nag SecretsManagerRotationEnabled",
  ],
  mend: "add an aws.secretsmanager.SecretRotation for it, or rotation to the Secret component",
  opinion: "what another company issues, such as an API token, no function of yours can rotate",
  about: "aws:secretsmanager/secret:Secret",
  problems: (stack) => {
    const rotated = new Set(
      stack
        .ofType("aws:secretsmanager/secretRotation:SecretRotation")
        .flatMap((rotation) => linked(stack, rotation, "secretId", "aws:secretsmanager/secret:Secret")),
    );
    return stack
      .ofType("aws:secretsmanager/secret:Secret")
      .filter((secret) => !rotated.has(secret))
      .map((resource) => ({ resource, problem: "nothing in this stack rotates it" }));
  },
});
