export type { BindingFilesArgs, BindingReferenceArgs, BindingValueArgs } from "./components/bindingArgs";
export {
  DeploymentBinding,
  type DeploymentBindingArgs,
  WorkloadKind,
} from "./components/deploymentBinding";
export { InputError } from "./components/errors";
export { type ManifestResources, provisionManifest } from "./components/manifest/provision";
export type { DeployerArgs, OidcPrincipalArgs, PrincipalArgs, SamlPrincipalArgs } from "./components/principals";
export { type Permission, type RoleName, roleMatrix } from "./components/roles";
export { Secret, type SecretArgs, SecretType } from "./components/secret";
export {
  Workspace,
  type WorkspaceArgs,
  type WorkspaceAwsArgs,
  type WorkspaceGcpArgs,
  type WorkspaceKubernetesArgs,
  type WorkspaceRolesArgs,
} from "./components/workspace";
export { Cloud, type WorkspaceRef, workspaceRef } from "./components/workspaceRef";
