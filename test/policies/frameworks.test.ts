import { keyRotation } from "../../policies/aws/kms/keyRotation";
import { secretRotation } from "../../policies/aws/secretsManager/secretRotation";
import { nameOf, pulumiFramework, requirementsOf } from "../../policies/frameworks";
import { prowler } from "../../policies/frameworks/prowler";
import { securityHub } from "../../policies/frameworks/securityHub";

const names = (...ids: string[]) => requirementsOf(ids).map(nameOf);

describe("the requirements of a rule", () => {
  test("are the numbers of the CIS Benchmarks among its ids, in each cloud's words", () => {
    const ids = ["CIS AWS 7.0 4.6", "CIS GCP 5.0 1.11", "CIS Kubernetes 2.0.1 5.4.1", "CIS Azure 6.0 8.3.3"];
    expect(names(...ids)).toEqual(ids);
  });

  test("are what Prowler maps its check to", () => {
    expect(names("Prowler kms_cmk_rotation_enabled")).toEqual([
      "CIS AWS 7.0 4.6",
      "PCI DSS 4.0 3.7.4",
      "PCI DSS 4.0 3.7.5",
      "SOC 2 PI1.5",
    ]);
    expect(names("Prowler iam_inline_policy_no_administrative_privileges")).toEqual(["SOC 2 CC1.3", "SOC 2 CC6.3"]);
  });

  test("are what Security Hub says of its control", () => {
    expect(names("Security Hub SecretsManager.1")).toEqual(["PCI DSS 4.0.1 8.3.9", "PCI DSS 4.0.1 8.6.3"]);
  });

  test("are none where nobody published one", () => {
    expect(
      names(
        "CKV_AWS_149",
        "AWS-0098",
        "Prowler secretsmanager_has_restrictive_resource_policy",
        "Security Hub SecretsManager.3",
        "Config secretsmanager-rotation-enabled-check",
        // Without the benchmark's version a number says nothing.
        "CIS AWS 4.6",
      ),
    ).toEqual([]);
  });

  test("are told apart by whose check it is", () => {
    expect(
      names("Security Hub kms_cmk_rotation_enabled", "Prowler SecretsManager.1", "kms_cmk_rotation_enabled"),
    ).toEqual([]);
  });

  test("don't come from what every object has", () => {
    expect(names("Prowler constructor", "Security Hub toString", "constructor name", "toString")).toEqual([]);
  });

  test("are each given once, those that the rule gives itself first", () => {
    expect(
      names("Security Hub KMS.4", "Prowler kms_cmk_rotation_enabled", "CIS AWS 7.0 4.6", "CIS AWS 5.0 3.6"),
    ).toEqual([
      "CIS AWS 7.0 4.6",
      "CIS AWS 5.0 3.6",
      "PCI DSS 4.0.1 3.7.4",
      "PCI DSS 4.0 3.7.4",
      "PCI DSS 4.0 3.7.5",
      "SOC 2 PI1.5",
    ]);
  });
});

test("two checks of Prowler with one name say nothing about either", () => {
  expect(names("Prowler kms_key_not_publicly_accessible")).toEqual([]);
});

describe("a policy", () => {
  test("has all of them as tags, and the first as its framework", () => {
    expect(keyRotation.framework).toEqual({ name: "CIS AWS", version: "7.0", reference: "4.6", specification: "" });
    expect(keyRotation.tags).toEqual([
      "CIS AWS 7.0 4.6",
      "CIS AWS 5.0 3.6",
      "PCI DSS 4.0 3.7.4",
      "PCI DSS 4.0 3.7.5",
      "SOC 2 PI1.5",
      "PCI DSS 4.0.1 3.7.4",
    ]);
  });

  test("whose check no benchmark has is of PCI DSS", () => {
    expect(secretRotation.framework).toMatchObject({ name: "PCI DSS", version: "4.0.1", reference: "8.3.9" });
    expect(secretRotation.tags).toEqual(expect.arrayContaining(["PCI DSS 4.0 8.6.3", "PCI DSS 4.0.1 8.6.3"]));
  });

  test("that nobody mapped has none", () => {
    expect(pulumiFramework(requirementsOf(["CKV_AWS_149"]))).toBeUndefined();
  });
});

/** How each framework writes its numbers: a slip of the pen is told. */
const forms: Record<string, RegExp> = {
  "CIS AWS": /^\d(\.\d{1,2})+$/,
  "CIS GCP": /^\d(\.\d{1,2})+$/,
  "CIS Azure": /^\d(\.\d{1,2})+$/,
  "CIS Kubernetes": /^\d(\.\d{1,2})+$/,
  "PCI DSS": /^([1-9]|1[0-2]|A[13])(\.\d{1,2}){2,4}$/,
  "SOC 2": /^(CC[1-9]|A1|PI1)\.\d$/,
};

test.each([...Object.entries(prowler), ...Object.entries(securityHub)])(
  "%s has numbers of its frameworks",
  (_, all) => {
    expect(all).not.toEqual([]);
    for (const { framework, references } of all) {
      expect(references).not.toEqual([]);
      expect(references.filter((reference) => !forms[framework]?.test(reference))).toEqual([]);
      expect(new Set(references).size).toBe(references.length);
    }
  },
);
