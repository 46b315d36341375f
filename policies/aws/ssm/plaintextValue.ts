import { secretReason } from "../../literals/place";
import { resourceRule, Severity } from "../../rule";

export const plaintextValue = resourceRule({
  name: "aws-ssm-plaintext-value",
  requires: "No secret is a parameter that anybody who lists parameters may read",
  severity: Severity.High,
  ids: ["CKV_AWS_384"],
  mend: "use type SecureString with a key of your own, or a secret of Secrets Manager",
  types: ["aws:ssm/parameter:Parameter"],
  problems: async ({ name: logicalName, inputs: { type, name, value, insecureValue } }) => {
    if (type === "SecureString" || typeof type === "symbol") return [];
    const called = typeof name === "string" ? (name.split("/").at(-1) as string) : logicalName;
    const found = Object.entries({ value, insecureValue }).map(async ([property, text]) => {
      const reason = await secretReason(called, text);
      return reason === undefined ? [] : [`${property} ${reason}`];
    });
    return (await Promise.all(found)).flat();
  },
});
