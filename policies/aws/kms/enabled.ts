import { resourceRule, Severity } from "../../rule";

export const enabled = resourceRule({
  name: "aws-kms-key-enabled",
  requires: "A key is enabled: what it encrypts can't be read otherwise",
  severity: Severity.Medium,
  ids: ["CKV_AWS_227"],
  mend: "leave isEnabled out, or set it to true",
  types: ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey"],
  problems: ({ inputs: { isEnabled, enabled: on } }) => [
    ...(isEnabled === false ? ["isEnabled is false"] : []),
    ...(on === false ? ["enabled is false"] : []),
  ],
});
