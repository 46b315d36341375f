import { resourceRule, Severity } from "../../rule";

/** What its versions encrypt is lost with them: https://cloud.google.com/kms/docs/destroy-restore */
export const deletionProtected = resourceRule({
  name: "gcp-kms-key-protected",
  requires: "A key is not destroyed by mistake",
  severity: Severity.Low,
  ids: ["CKV_GCP_82"],
  mend: "set protect: true in the resource's options",
  types: ["gcp:kms/cryptoKey:CryptoKey"],
  problems: ({ isProtected, inputs }) =>
    isProtected || inputs.deletionPolicy === "PREVENT" ? [] : ["protect is not true"],
});
