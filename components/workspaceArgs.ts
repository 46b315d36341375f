import type { Listing, MemberKms, ProjectSharing } from "./access";
import type { AuditTrailRef } from "./auditTrailRef";
import type { WorkspaceClusterArgs } from "./cluster";
import type { KubernetesAccessEntriesArgs, KubernetesSubjectsArgs } from "./kubernetesSubjects";
import type { DeployerArgs, KeyPrincipalArgs, PrincipalArgs } from "./principals";
import type { AdoptedSecretArgs } from "./workspaceRef";

/** A workspace on AWS. */
export interface WorkspaceAwsArgs {
  /** The home region, for example `us-east-1`. */
  region: string;
  /** The 12-digit account. Credentials of another account are refused before anything is created. */
  accountId: string;
  /**
   * Regions that hold a replica of every secret, each with a key of its own.
   * @default none
   */
  replicaRegions?: string[];
}

/** A workspace on Google Cloud. */
export interface WorkspaceGcpArgs {
  /** The project's id, for example `ai-startup-production`. */
  projectId: string;
  /** The project's number, which conditions of IAM know it by. Another project's is refused before anything is created. */
  projectNumber: string;
  /**
   * A location that every secret of the workspace stays in, for example `europe-west3`: its secrets are regional ones.
   * The value of a regional secret is read back by whoever runs `pulumi up`: Google's provider has no write-only field
   * for it.
   * @default none: secrets are global, and replicated as each says
   */
  location?: string;
  /**
   * Whether other workspaces are in the project.
   * @default "none": the project is this workspace's alone
   */
  sharing?: ProjectSharing;
  /**
   * Where the custom roles are that the workspace binds, `organizations/NUMBER`, if not in its project. An AuditTrail
   * with `organizationId` makes them there.
   * @default the project: made by the workspace, or where it is shared by the AuditTrail with `sharedRoles`
   */
  roleParent?: string;
}

/** Who has which role. A role without a principal is not created. */
export interface WorkspaceRolesArgs {
  /** List secrets. */
  viewers?: PrincipalArgs[];
  /** Create, list, update and delete secrets, and never see a value. */
  members?: PrincipalArgs[];
  /** All that members do, and retrieve values. */
  admins?: PrincipalArgs[];
  /** All that admins do, and resource policies, rotation and forced deletion. */
  owners?: PrincipalArgs[];
}

/**
 * Roles of AWS IAM by ARN, each for this workspace alone: rights and guard are attached to them, and the guard denies
 * everything of Secrets Manager and every use of a key outside of the workspace. Who may take them stays as it is.
 */
export interface ExistingRolesArgs {
  /** Gets what viewers may. */
  viewer?: string;
  /** Gets what members may. */
  member?: string;
  /** Gets what admins may. */
  admin?: string;
  /** Gets what owners may. */
  owner?: string;
}

/** Hours that a session of a role lasts at most: 1 to 12. */
export interface SessionHoursArgs {
  /**
   * Sessions of viewers.
   * @default 1
   */
  viewers?: number;
  /**
   * Sessions of members.
   * @default 1
   */
  members?: number;
  /**
   * Sessions of admins.
   * @default 1
   */
  admins?: number;
  /**
   * Sessions of owners.
   * @default 1
   */
  owners?: number;
}

/**
 * The workspace's place in Kubernetes. Each role that somebody has gets its rights there: the group
 * `vantedge:<workspace>:<role>`, and `subjects`. Nobody may list Secrets; admins and owners read those of bindings by name.
 */
export interface WorkspaceKubernetesArgs {
  /** The namespace that is the workspace's alone. */
  namespace: string;
  /**
   * Whether the workspace creates the namespace. False where it exists already.
   * @default true
   */
  createNamespace?: boolean;
  /**
   * The cluster whose pods read secrets. With it, every binding gets an identity that reads its secrets, and no others.
   * @default none
   */
  cluster?: WorkspaceClusterArgs;
  /**
   * Who has which role in the namespace, beside the groups. For clusters that don't know the groups. With `cluster.gke`,
   * the users, service accounts and groups under `roles` that have no `until` are subjects by themselves.
   * @default none
   */
  subjects?: KubernetesSubjectsArgs;
  /**
   * The EKS cluster that puts whoever takes a cloud role of the workspace into the role's group: an access entry for each
   * role. A role that has an entry there already, made by somebody else, is refused by AWS.
   * @default none
   */
  accessEntries?: KubernetesAccessEntriesArgs;
  /**
   * Whether the cluster refuses what would reach outside of the workspace from its namespace: stores of the whole cluster,
   * SecretStores without the workspace's prefix, SecretProviderClasses with names outside of it. The policy is
   * cluster-wide by its kind and matches this namespace alone; it needs Kubernetes 1.30.
   * @default false
   */
  admissionPolicy?: boolean;
}

/** Arguments of a Workspace. Exactly one of `aws` and `gcp` is set. */
export interface WorkspaceArgs {
  /** The organization, free text. A label, no boundary. */
  organization: string;
  /**
   * The workspace's name: 1 to 32 lower-case letters, digits and single hyphens.
   * @default the resource's name
   */
  workspaceName?: string;
  /** The workspace is on AWS. */
  aws?: WorkspaceAwsArgs;
  /** The workspace is on Google Cloud. */
  gcp?: WorkspaceGcpArgs;
  /** Who has which role. */
  roles?: WorkspaceRolesArgs;
  /** AWS: roles that exist already and get a role's rights, in place of roles that the workspace makes. */
  existingRoles?: ExistingRolesArgs;
  /** AWS: how long a session of a role lasts at most. */
  sessionHours?: SessionHoursArgs;
  /** AWS: who runs `pulumi up`. On Google Cloud they have a custom role of the output `deployerPolicy`, and no name here. */
  deployers?: DeployerArgs[];
  /**
   * AWS: who may read values in an emergency, beside admins and owners. On Google Cloud they have a custom role of the
   * output `breakGlassPolicy`, and no name here.
   */
  breakGlass?: KeyPrincipalArgs[];
  /**
   * AWS: how the roles see which secrets there are. AWS can't narrow its listing to a workspace.
   * @default "account"
   */
  listing?: Listing;
  /**
   * AWS: for what a member may use the workspace's key, besides encrypting. `via-service` is the way out where AWS refuses a
   * member's write that `validate-only` should allow; a member could then find out by trying whether a value equals a
   * guess.
   * @default "validate-only"
   */
  memberKms?: MemberKms;
  /** AWS: whether to make the role that the workspace's rotation functions run as. They are named `vantedge-<workspace>--*`. */
  rotator?: boolean;
  /** AWS: existing secrets with other names and keys that belong to the workspace from now on. At most about a hundred. */
  adopt?: AdoptedSecretArgs[];
  /**
   * AWS: ARNs of keys that this workspace had before, one for each region, to take over for one `pulumi up`: after
   * `pulumi destroy`, the key waits 30 days for its deletion, and with it what it encrypted.
   */
  importKeys?: string[];
  /** The workspace's namespace in Kubernetes. Left out, none is created. */
  kubernetes?: WorkspaceKubernetesArgs;
  /**
   * First part of every secret's name in the cloud.
   * @default "vantedge"
   */
  prefix?: string;
  /** The audit trail of the account or project, which must watch the workspace: `trail.ref`, or the fields. */
  auditTrail?: AuditTrailRef;
  /** AWS: tags for everything that takes some, besides our own, which begin with `vantedge-`. */
  tags?: Record<string, string>;
}
