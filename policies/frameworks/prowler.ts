import { type Mapping, mapping } from "./mapping";

const cisAws = mapping("CIS AWS", "7.0");
const cisGcp = mapping("CIS GCP", "5.0");
const cisAzure = mapping("CIS Azure", "6.0");
const cisKubernetes = mapping("CIS Kubernetes", "2.0.1");
const pci = mapping("PCI DSS", "4.0");
const soc2 = mapping("SOC 2", "");

/**
 * The requirements that Prowler maps its checks to, for those that our rules name:
 * https://github.com/prowler-cloud/prowler/tree/3e000faa3109230b748e4418a13c11c9e59f5cfb/prowler/compliance, the files
 * cis_*, pci_4.0_* and soc2_* of each provider. Of PCI DSS it is the number of the section: Prowler's own ids count the
 * checks below it. kms_key_not_publicly_accessible is left out: two checks have that name, AWS's and Google Cloud's,
 * and they are mapped to different requirements.
 */
// biome-ignore format: a table
export const prowler: Readonly<Record<string, readonly Mapping[]>> = {
  cloudtrail_cloudwatch_logging_enabled: [
    pci(
      "5.3.4", "10.2.1", "10.2.1.1", "10.2.1.2", "10.2.1.3", "10.2.1.4", "10.2.1.5", "10.2.1.6", "10.2.1.7",
      "10.2.2", "10.3.1", "10.4.1.1", "10.6.3", "11.5.2", "11.6.1", "12.10.5", "A1.2.1", "A3.3.1", "A3.5.1",
    ),
    soc2("A1.2", "CC7.2", "CC7.3", "PI1.3"),
  ],
  cloudtrail_logs_s3_bucket_access_logging_enabled: [cisAws("4.4"), soc2("A1.2")],
  cloudtrail_multi_region_enabled: [
    cisAws("4.1"),
    pci(
      "5.3.4", "10.2.1", "10.2.1.1", "10.2.1.2", "10.2.1.3", "10.2.1.4", "10.2.1.5", "10.2.1.6", "10.2.1.7",
      "10.2.2", "10.3.1", "10.6.3", "A1.2.1",
    ),
    soc2("A1.2", "CC2.1", "CC7.2", "PI1.3"),
  ],
  ecs_task_definitions_no_environment_secrets: [pci("3.5.1", "8.2.2", "8.3.2")],
  eks_cluster_kms_cmk_encryption_in_secrets_enabled: [pci("3.5.1", "8.3.2")],
  iam_aws_attached_policy_no_administrative_privileges: [cisAws("2.14"), soc2("CC1.3", "CC6.3")],
  iam_customer_attached_policy_no_administrative_privileges: [cisAws("2.14"), soc2("CC1.3", "CC6.3")],
  iam_inline_policy_no_administrative_privileges: [soc2("CC1.3", "CC6.3")],
  iam_inline_policy_no_full_access_to_kms: [
    pci(
      "3.5.1.1", "3.5.1.3", "3.6.1", "3.6.1.2", "3.6.1.3", "3.6.1.4", "3.7.1", "3.7.2", "3.7.4", "3.7.6",
      "3.7.7", "4.2.1.1", "7.2.1", "7.2.2", "7.2.3", "7.2.5", "7.3.1", "7.3.2", "7.3.3", "8.2.7", "8.2.8",
      "8.3.4",
    ),
  ],
  iam_policy_no_full_access_to_cloudtrail: [soc2("CC3.3")],
  iam_policy_no_full_access_to_kms: [
    pci(
      "3.5.1.1", "3.5.1.3", "3.6.1", "3.6.1.2", "3.6.1.3", "3.6.1.4", "3.7.1", "3.7.2", "3.7.4", "3.7.6",
      "3.7.7", "4.2.1.1", "7.2.1", "7.2.2", "7.2.3", "7.2.5", "7.3.1", "7.3.2", "7.3.3", "8.2.7", "8.2.8",
      "8.3.4",
    ),
  ],
  kms_cmk_not_deleted_unintentionally: [
    pci(
      "3.5.1.1", "3.5.1.3", "3.6.1", "3.6.1.2", "3.6.1.3", "3.6.1.4", "3.7.1", "3.7.2", "3.7.4", "3.7.6",
      "3.7.7", "4.2.1.1",
    ),
  ],
  kms_cmk_rotation_enabled: [cisAws("4.6"), pci("3.7.4", "3.7.5"), soc2("PI1.5")],
  secretsmanager_automatic_rotation_enabled: [
    pci("3.5.1", "8.2.2", "8.3.2", "8.3.5", "8.3.7", "8.3.9", "8.3.10.1", "8.6.3"),
  ],
  secretsmanager_not_publicly_accessible: [cisAws("2.21")],
  secretsmanager_secret_unused: [pci("7.2.4", "7.2.5.1", "8.2.2", "8.2.6", "A3.4.1")],
  iam_audit_logs_enabled: [
    cisGcp("2.1"),
    pci(
      "1.5.1", "5.3.4", "7.2.1", "7.2.2", "7.2.5", "7.3.1", "7.3.2", "7.3.3", "8.2.8", "10.2.1", "10.2.1.1",
      "10.2.1.2", "10.2.1.3", "10.2.1.4", "10.2.1.5", "10.2.1.6", "10.2.1.7", "10.2.2", "10.3.1", "10.3.2",
      "10.3.3", "10.3.4", "10.4.1.1", "10.5.1", "10.6.3", "11.5.2", "11.6.1", "12.10.5", "A1.2.1", "A3.3.1",
      "A3.5.1",
    ),
    soc2("A1.2", "CC7.2", "CC7.3", "PI1.2", "PI1.3"),
  ],
  iam_role_kms_enforce_separation_of_duties: [
    cisGcp("1.9", "1.12"),
    pci(
      "3.5.1.1", "3.5.1.3", "3.6.1", "3.6.1.2", "3.6.1.3", "3.6.1.4", "3.7.1", "3.7.2", "3.7.4", "3.7.6",
      "3.7.7", "4.2.1.1", "7.2.1", "7.2.2", "7.2.3", "7.2.5", "7.3.1", "7.3.2", "7.3.3", "8.2.7", "8.2.8",
      "8.3.4",
    ),
    soc2("CC1.3", "CC6.3"),
  ],
  iam_sa_no_user_managed_keys: [
    cisGcp("1.5"),
    pci(
      "3.5.1.1", "3.5.1.3", "3.6.1.3", "3.6.1.4", "3.7.2", "3.7.7", "7.2.1", "7.2.5.1", "7.3.1", "7.3.2",
      "7.3.3", "8.2.1", "8.2.2", "8.2.5",
    ),
    soc2("CC1.3"),
  ],
  kms_key_rotation_max_90_days: [cisGcp("1.11")],
  logging_log_metric_filter_and_alert_for_audit_configuration_changes_enabled: [
    cisGcp("2.6"),
    pci(
      "5.3.4", "10.2.1", "10.2.1.1", "10.2.1.2", "10.2.1.3", "10.2.1.4", "10.2.1.5", "10.2.1.6", "10.2.1.7",
      "10.2.2", "10.3.1", "10.3.2", "10.3.3", "10.3.4", "10.5.1", "10.6.3", "11.5.2", "11.6.1", "12.10.5",
      "A1.2.1", "A3.3.1", "A3.5.1",
    ),
    soc2("A1.2", "CC2.1", "CC5.2", "CC7.2", "CC7.3", "CC7.4", "PI1.3"),
  ],
  logging_log_metric_filter_and_alert_for_custom_role_changes_enabled: [
    cisGcp("2.7"),
    pci("7.3.1", "7.3.2"),
    soc2("A1.2", "CC2.1", "CC5.2", "CC7.2", "CC7.3", "CC7.4"),
  ],
  logging_sink_created: [
    pci("10.5.1", "11.5.2", "12.10.5", "A3.3.1", "A3.5.1"),
    soc2("A1.2", "CC2.1", "CC5.2", "CC7.2", "PI1.2"),
  ],
  keyvault_logging_enabled: [
    cisAzure("6.1.1.4"),
    pci("3.5.1", "8.3.2", "10.3.2", "10.3.3", "10.3.4", "A1.2.1"),
    soc2("A1.2", "CC7.2", "CC7.3", "PI1.2"),
  ],
  keyvault_non_rbac_secret_expiration_set: [
    cisAzure("8.3.4"),
    pci("7.2.4", "7.2.5.1", "8.2.2", "8.2.6", "8.3.5", "8.3.7", "8.3.9", "8.3.10.1", "8.6.3", "A3.4.1"),
  ],
  keyvault_private_endpoints: [
    cisAzure("8.3.7", "8.3.8"),
    pci("1.2.8", "1.3.1", "1.3.2", "1.4.2", "1.5.1", "A1.1.3"),
    soc2("CC3.3"),
  ],
  keyvault_rbac_enabled: [
    cisAzure("8.3.6"),
    pci(
      "3.5.1.1", "3.5.1.3", "3.6.1", "3.6.1.2", "3.6.1.3", "3.6.1.4", "3.7.1", "3.7.2", "3.7.4", "3.7.6",
      "3.7.7", "4.2.1.1", "7.2.1", "7.2.2", "7.2.3", "7.2.5", "7.3.1", "7.3.2", "7.3.3", "8.2.7", "8.2.8",
      "8.3.4",
    ),
  ],
  keyvault_rbac_secret_expiration_set: [cisAzure("8.3.3"), pci("8.3.5", "8.3.7", "8.3.9", "8.3.10.1", "8.6.3")],
  keyvault_recoverable: [cisAzure("8.3.5"), soc2("PI1.5")],
  core_no_secrets_envs: [
    cisKubernetes("5.4.1"),
    pci(
      "2.2.5", "2.2.7", "3.5.1", "3.7.2", "4.2.1.1", "8.2.1", "8.2.2", "8.2.5", "8.3.2", "8.3.11", "10.2.1",
      "10.2.1.6", "10.3.4", "A1.2.1", "A3.4.1",
    ),
  ],
  rbac_minimize_secret_access: [
    cisKubernetes("5.1.2"),
    pci(
      "1.3.1", "1.3.2", "1.4.2", "3.5.1.1", "3.6.1.2", "3.6.1.3", "3.7.6", "4.2.1.1", "7.2.1", "7.2.2",
      "7.2.3", "7.2.5", "7.3.1", "7.3.3", "8.3.4", "8.3.6", "8.6.3", "10.2.1.3", "10.2.1.4", "10.3.1",
      "10.6.3", "12.4.2.1", "A1.1.2", "A3.2.5.2", "A3.4.1",
    ),
  ],
};
