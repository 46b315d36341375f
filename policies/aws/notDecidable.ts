/** Published checks that no program can answer. */
export const notDecidable: { ids: string[]; title: string; reason: string }[] = [
  {
    ids: ["Security Hub SecretsManager.2", "Config secretsmanager-scheduled-rotation-success-check"],
    title: "A scheduled rotation succeeds",
    reason: "whether a function ran is known at run time only",
  },
  {
    ids: [
      "Security Hub SecretsManager.3",
      "Config secretsmanager-secret-unused",
      "Prowler secretsmanager_secret_unused",
    ],
    title: "An unused secret is removed",
    reason: "when a secret was read last is known to AWS only",
  },
  {
    ids: [
      "Config kms-cmk-not-scheduled-for-deletion",
      "Prowler kms_cmk_not_deleted_unintentionally",
      "Security Hub KMS.3",
    ],
    title: "A key is not scheduled for deletion",
    reason:
      "to delete a key is to take it out of the program, and a pack is not shown what goes; protect: true refuses it",
  },
  {
    ids: ["Prowler kms_cmk_are_used"],
    title: "A key is used",
    reason: "other stacks and services may use it, which a program does not show",
  },
  {
    ids: ["AWS-0134"],
    title: "No parameter's value goes into the URL of a http data source",
    reason: "Pulumi shows a pack resources, and never what functions were asked",
  },
];
