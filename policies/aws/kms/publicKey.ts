import { resourceRule, Severity } from "../../rule";
import { letsEverybodyIn } from "../documents/narrow";
import { typesWith } from "../documents/places";
import { statementsOf } from "../documents/statements";

export const publicKey = resourceRule({
  name: "aws-kms-key-not-public",
  requires: "A key's policy lets nobody in from any account",
  severity: Severity.Critical,
  ids: [
    "CKV_AWS_33",
    "cfn-nag F76",
    "KICS 7ebc9038",
    "Terrascan AC_AWS_0482",
    "Terrascan AC_AWS_0162",
    "Prowler kms_key_not_publicly_accessible",
    "Security Hub KMS.5",
  ],
  mend: "name the principals, or add a condition on kms:CallerAccount or aws:PrincipalOrgID",
  types: typesWith("key"),
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "key")
      .filter(letsEverybodyIn)
      .map(({ path }) => `${path}.Principal is everybody`),
});
