export { Listing, MemberKms, ProjectSharing } from "./components/access";
export {
  AuditTrail,
  type AuditTrailArgs,
  type AuditTrailAwsArgs,
  type AuditTrailDenyPolicyArgs,
  type AuditTrailGcpArgs,
  type LogArchiveArgs,
} from "./components/auditTrail";
export type { AuditedGkeArgs, AuditedWorkspaceArgs, AuditTrailRef } from "./components/auditTrailRef";
export type {
  BindingApiVersionsArgs,
  BindingEnvFromArgs,
  BindingFileArgs,
  BindingFilesArgs,
  BindingReferenceArgs,
  BindingTlsArgs,
  BindingValueArgs,
} from "./components/binding/args";
export { Delivery, Freshness, RestartedBy } from "./components/binding/deliveries";
export type {
  CloudRunSecretKeyRef,
  CloudRunValueSource,
  CloudRunVariable,
  EcsSecret,
} from "./components/binding/outside";
export { type BindingReaderArgs, ReaderService } from "./components/binding/readerArgs";
export type { BindingUseOutput } from "./components/binding/references";
export { WorkloadKind } from "./components/binding/workloadKinds";
export { Workload } from "./components/binding/workloads";
export type { EksIrsaArgs, EksPodIdentityArgs, GkeClusterArgs, WorkspaceClusterArgs } from "./components/cluster";
export { DeploymentBinding, type DeploymentBindingArgs } from "./components/deploymentBinding";
export { InputError } from "./components/errors";
export type { InjectOptions } from "./components/kubernetes/injection";
export type { TransformOptions } from "./components/kubernetes/transform";
export type {
  KubernetesAccessEntriesArgs,
  KubernetesServiceAccountArgs,
  KubernetesSubjectArgs,
  KubernetesSubjectsArgs,
} from "./components/kubernetesSubjects";
export { type ManifestResources, provisionManifest } from "./components/manifest/provision";
export { ObjectLock } from "./components/objectLock";
export type {
  DeployerArgs,
  KeyPrincipalArgs,
  OidcPrincipalArgs,
  PrincipalArgs,
  SamlPrincipalArgs,
} from "./components/principals";
export { type Permission, type RoleName, roleMatrix } from "./components/roles";
export { Secret, type SecretArgs, SecretType } from "./components/secret";
export {
  PreviousVersion,
  type SecretGcpArgs,
  type SecretLockdownArgs,
  type SecretReplicaArgs,
  type SecretRotationArgs,
  type SecretRotationReminderArgs,
} from "./components/secretArgs";
export { Workspace } from "./components/workspace";
export type {
  ExistingRolesArgs,
  SessionHoursArgs,
  WorkspaceArgs,
  WorkspaceAwsArgs,
  WorkspaceGcpArgs,
  WorkspaceKubernetesArgs,
  WorkspaceRolesArgs,
} from "./components/workspaceArgs";
export { type AdoptedSecretArgs, Cloud, type WorkspaceRef, workspaceRef } from "./components/workspaceRef";
