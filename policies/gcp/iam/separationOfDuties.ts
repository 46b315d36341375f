import { type Finding, Severity, stackRule } from "../../rule";
import type { StackResource } from "../../stack";
import { grantsOf, grantTypes } from "./grants";

const types = grantTypes(["project", "folder", "organization", "key"]);

/** https://cloud.google.com/kms/docs/separation-of-duties */
export const separationOfDuties = stackRule({
  name: "gcp-kms-separation-of-duties",
  requires: "Who administers keys does not decrypt with them",
  severity: Severity.Medium,
  ids: ["Prowler iam_role_kms_enforce_separation_of_duties", "CIS GCP 5.0 1.12"],
  mend: "give one of the two roles to somebody else",
  about: types,
  problems: (stack) => {
    const grants = stack
      .ofType(...types)
      .flatMap((resource) => grantsOf(resource.values).map((grant) => ({ ...grant, resource })));
    const administrators = new Set(
      grants.filter(({ role }) => role === "roles/cloudkms.admin").map(({ member }) => member),
    );
    const both = grants.filter(({ role, member }) => uses.test(role) && administrators.has(member));
    const found = new Map<StackResource, Finding>();
    for (const { resource, path } of both) found.set(resource, { resource, problem: `${path} administers keys too` });
    return [...found.values()];
  },
});

const uses = /^roles\/cloudkms\.cryptoKey(EncrypterDecrypter|Encrypter|Decrypter)$/;
