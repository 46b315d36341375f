import type * as pulumi from "@pulumi/pulumi";
import type { Listing, MemberKms, ProjectSharing } from "./access";
import type { AuditTrailDenyPolicyArgs } from "./auditTrail";
import type { AuditedWorkspaceArgs } from "./auditTrailRef";
import type { OutsideReferences, SecretReference } from "./binding/outside";
import type { BindingReaderArgs } from "./binding/readerArgs";
import type { Prices } from "./binding/staleness";
import type { KubernetesAccessEntriesArgs, KubernetesSubjectArgs } from "./kubernetesSubjects";
import type { ObjectLock } from "./objectLock";
import type { DeployerArgs, KeyPrincipalArgs, PrincipalArgs } from "./principals";
import type { RoleName } from "./roles";
import type { SecretGcpArgs, SecretLockdownArgs, SecretRotationArgs } from "./secretArgs";
import type { WorkspaceRef } from "./workspaceRef";

/** A workspace as every backend understands it. */
export interface WorkspaceSpec {
  ref: WorkspaceRef;
  roles: Record<RoleName, PrincipalArgs[]>;
  /** Roles to attach a role's rights to, in place of making one. */
  existingRoles: Partial<Record<RoleName, string>>;
  sessionHours: Record<RoleName, number>;
  deployers: DeployerArgs[];
  breakGlass: KeyPrincipalArgs[];
  listing: Listing;
  memberKms: MemberKms;
  rotator: boolean;
  /** Keys to take over. */
  importKeys: string[];
  /** Who has a role in the workspace's Kubernetes namespace, beside the role's group. */
  subjects: Record<RoleName, KubernetesSubjectArgs[]>;
  /** The cluster that is to know the workspace's cloud roles by their groups. */
  accessEntries: KubernetesAccessEntriesArgs | undefined;
  tags: Record<string, string>;
  /** Whether other workspaces are in its project. */
  sharing: ProjectSharing;
  /** Where its custom roles are, if not in its project. */
  roleParent: string | undefined;
  /** Whether its AuditTrail makes the custom roles of its project. */
  sharedRoles: boolean;
  /** The optional arguments that were given: a cloud refuses what it has no use for. */
  given: readonly string[];
}

/** What a workspace is made of in its cloud. */
export interface WorkspaceParts {
  /** The key that encrypts the workspace's values; undefined where it has none of its own. */
  keyArn: pulumi.Output<string> | undefined;
  /** The roles that were made or exist: those with at least one principal. */
  roleArns: Partial<Record<RoleName, pulumi.Output<string>>>;
  /** Role by role: whether it may do what each permission names, decided from the documents as they were made. */
  effectivePermissions: pulumi.Output<Record<string, Record<string, boolean>>>;
  /** The role of rotation functions; undefined where none was asked for. */
  rotatorRoleArn: pulumi.Output<string> | undefined;
  /** The exact commands of the cloud's own tool with which a member creates and updates a secret called NAME. */
  createCommand: pulumi.Output<string>;
  updateCommand: pulumi.Output<string>;
  /** What a deployer may do, in the cloud's own words. */
  deployerPolicy: string;
  /** What reads values in an emergency, in the cloud's own words. */
  breakGlassPolicy: string;
}

/** The cloud roles of a workspace that a Kubernetes cluster is to know by their groups. */
export interface AccessEntriesSpec {
  workspace: WorkspaceRef;
  clusterName: string;
  roleArns: WorkspaceParts["roleArns"];
  tags: Record<string, string>;
}

/** What a secret is made of in its cloud. */
export interface SecretParts {
  /** The secret's identifier in its cloud: the ARN on AWS. */
  id: pulumi.Output<string>;
  /** The name that the cloud knows it by. */
  cloudName: string;
  /** The version that is pinned, else the one that holds `value`; absent where neither was given. */
  versionId: pulumi.Output<string> | undefined;
}

/** What is known of a secret before its value is. */
export interface SecretFacts {
  workspace: WorkspaceRef;
  secretName: string;
  description: pulumi.Input<string> | undefined;
  /** AWS: 0 for at once, else 7 to 30; undefined where nothing is said. */
  recoveryWindowInDays: number | undefined;
  /** The cloud's identifier of an existing secret to take over. */
  importId: string | undefined;
  tags: Record<string, string>;
  rotation: SecretRotationArgs | undefined;
  lockdown: SecretLockdownArgs | undefined;
  gcp: SecretGcpArgs | undefined;
  /** The version that workloads are to receive instead of the current one. */
  pinVersion: string | undefined;
}

/** A secret as every backend understands it. */
export interface SecretSpec extends SecretFacts {
  type: string;
  /** The exact text to store; secret. Undefined: the container without a value. */
  content: pulumi.Output<string> | undefined;
  /** Whether a changed value is written although rotation may have replaced the one before. */
  overwriteRotated: boolean;
}

/** Who has a reader's identity. Exactly one is set. */
export interface ReaderHolder extends BindingReaderArgs {
  /** Pods of this ServiceAccount of the workspace's namespace, in its cluster. */
  serviceAccount?: string;
}

/** What is known of a binding's reader when the binding is constructed. */
export interface ReaderFacts {
  workspace: WorkspaceRef;
  /** Undefined: pods. */
  holder?: ReaderHolder;
  /** The secrets that it reads, by name: they may belong to another stack. */
  secretNames: string[];
}

/** The identity that reads the secrets of one binding. */
export interface ReaderSpec extends ReaderFacts {
  binding: string;
  holder: ReaderHolder;
}

/** What a reader is made of in its cloud. */
export interface ReaderParts {
  /** The identity: the role's ARN on AWS, the member of IAM on Google Cloud. */
  id: pulumi.Output<string>;
  /** Annotations that tie the ServiceAccount to the identity; none for another holder. */
  annotations: Record<string, pulumi.Output<string>>;
}

/** Which of a binding's stores: the usual one, or that of secrets that were adopted under other names. */
export type StoreSuffix = "" | "--adopted";

/** A secret, or one field of it, as what reads for a SecretProviderClass hands it over. */
export interface MountedFile {
  secretName: string;
  /** Undefined: the whole value. */
  field: string | undefined;
  /** Its path in the volume. */
  alias: string;
  /** In octal. */
  mode: string;
}

/** The part of a SecretProviderClass that is the cloud's own. */
export interface ProviderClass {
  provider: string;
  parameters: Record<string, string>;
}

/** What keeps Kubernetes Secrets by SecretProviderClasses, without a pod that mounts them. */
export interface SecretSyncReads {
  /** The command that enables it in the workspace's cluster. */
  install(workspace: WorkspaceRef): string;
  providerClass(workspace: WorkspaceRef, files: readonly MountedFile[]): ProviderClass;
}

/** What an admission policy asks of objects, in CEL. `<name>` stands for one of `placeholders`, or of the namespace. */
export interface AdmissionRules {
  variables: { name: string; expression: string }[];
  validations: { expression: string; message: string }[];
  /** Texts without quotes and backslashes. */
  placeholders: Record<string, string>;
}

/** How operators in a cluster read the cloud's secrets. */
export interface InClusterReads {
  /** The `provider` of a SecretStore, which reads with the ServiceAccount's identity. */
  store(workspace: WorkspaceRef, suffix: StoreSuffix, serviceAccount: pulumi.Input<string>): object;
  /** What a secret is called there. */
  remote(workspace: WorkspaceRef, secretName: string): { store: StoreSuffix; key: string };
  remoteVersion(versionId: string): string;
  /**
   * Whether each field that External Secrets is asked for is a read of its own. Then the value is read once, as it is, and
   * its fields are taken out in the cluster.
   */
  readsEachField: boolean;
  /** The CSI driver's name in volumes of the workspace's cluster. */
  csiDriver(workspace: WorkspaceRef): string;
  /** Whether what reads for it mounts a file whose name has a slash in a folder. */
  csiMountsFolders: boolean;
  /** The command that installs it with what reads for it in this cloud. */
  installCsi(workspace: WorkspaceRef): string;
  providerClass(workspace: WorkspaceRef, files: readonly MountedFile[]): ProviderClass;
  /** Absent where the cloud has none. */
  secretSync?: SecretSyncReads;
  /** By which it is seen that what is read stays in the workspace. */
  admission(workspace: WorkspaceRef): AdmissionRules;
}

/** What an audit trail is, whatever its cloud. */
interface TrailFacts {
  organization: string;
  workspaces: AuditedWorkspaceArgs[];
  retentionDays: number;
  objectLock: ObjectLock;
  /** Undefined: a bucket is made. */
  logArchive: { bucketName: string; keyArn?: string } | undefined;
  emails: string[];
  tags: Record<string, string>;
  /** The optional arguments that were given: a cloud refuses what it has no use for. */
  given: readonly string[];
}

/** The audit trail of an account. */
export interface AwsTrailSpec extends TrailFacts {
  cloud: "aws";
  accountId: string;
  region: string;
  /** Undefined: a trail is made. */
  existingTrailArn: string | undefined;
  /** Undefined: topics are made. */
  alertTargetArns: string[] | undefined;
}

/** The audit trail of a project. */
export interface GcpTrailSpec extends TrailFacts {
  cloud: "gcp";
  projectId: string;
  projectNumber: string;
  /** Of the bucket; undefined where none is made. */
  location: string | undefined;
  /** Whether it makes the custom roles of the project's workspaces. */
  sharedRoles: boolean;
  /** The organization that it makes custom roles in. */
  organizationId: string | undefined;
  denyPolicy: AuditTrailDenyPolicyArgs | undefined;
  /** Names of channels that are there already, beside those for `emails`. */
  notificationChannels: string[];
}

/** An audit trail as its backend understands it. */
export type AuditTrailSpec = AwsTrailSpec | GcpTrailSpec;

/** What an audit trail is made of in its cloud. */
export interface AuditTrailParts {
  /** The trail: its ARN on AWS, the sink's name on Google Cloud. */
  trailArn: pulumi.Input<string>;
  bucketName: pulumi.Input<string> | undefined;
  keyArn: pulumi.Output<string> | string | undefined;
  /** By region on AWS, by address or name on Google Cloud. */
  alertTargetArns: Record<string, pulumi.Output<string> | string>;
}

/** Where a workspace of a manifest is on AWS, and as whom the program works there. */
export interface AwsCloudPlace {
  cloud: "aws";
  region: string;
  accountId: string;
  assumeRoleArn?: string;
}

/** The same on Google Cloud. */
export interface GcpCloudPlace {
  cloud: "gcp";
  projectId: string;
  projectNumber: string;
  impersonateServiceAccount?: string;
}

export type CloudPlace = AwsCloudPlace | GcpCloudPlace;

/** What a cloud says of the current version of a secret: its id, or that there is no value, or no such secret. */
export type CurrentVersion = { id: string } | { missing: "value" | "secret" };

/** The account or project that credentials must be of. */
export type Home = Pick<WorkspaceRef, "cloud" | "accountId" | "region" | "projectId" | "projectNumber">;

/** What is wrong with a plain argument, and the way to it. */
export interface Fault {
  path: PropertyKey[];
  message: string;
}

/**
 * One cloud's way to provide each concept. A backend knows no other backend and no component. Places and trails that
 * it is given are of its own cloud.
 */
export interface Backend {
  /** Why the cloud can't be worked with (credentials, account, network), in one line; undefined where it can. */
  accessProblem(place: CloudPlace): Promise<string | undefined>;
  /**
   * Settles when the provider that the options lead to has answered from the right account or project; fails in one line,
   * once for the whole program, where it can't be worked with.
   */
  reachable(home: Home, options: pulumi.CustomResourceOptions): Promise<void>;
  /** The provider of one workspace. */
  createProvider(name: string, place: CloudPlace): pulumi.ProviderResource;
  /** Problems of the plain arguments that only this cloud can see. */
  workspaceFaults(spec: WorkspaceSpec): Fault[];
  /** What the workspace does not keep as its arguments are, in one line each. */
  reducedGuarantees(spec: WorkspaceSpec): readonly string[];
  createWorkspace(name: string, spec: WorkspaceSpec, options: pulumi.CustomResourceOptions): WorkspaceParts;
  /** Puts whoever takes a role of the workspace into the role's Kubernetes group. */
  createAccessEntries(name: string, spec: AccessEntriesSpec, options: pulumi.CustomResourceOptions): void;
  secretFaults(spec: SecretFacts): Fault[];
  createSecret(
    name: string,
    spec: SecretSpec,
    urn: pulumi.Output<string>,
    options: pulumi.CustomResourceOptions,
  ): SecretParts;
  /** The version that is current now. Rejects with an InputError where the cloud doesn't tell. */
  currentVersion(
    workspace: WorkspaceRef,
    secretName: string,
    options: pulumi.CustomResourceOptions,
  ): Promise<CurrentVersion>;
  /** Whether asking for the current version reads its value. */
  readsToAsk(workspace: WorkspaceRef): boolean;
  /** The cloud's identifier of a secret, complete and exact: the ARN on AWS. Reads no value. */
  secretId(workspace: WorkspaceRef, secretName: string, options: pulumi.InvokeOutputOptions): pulumi.Output<string>;
  /** Environment variables by name, for workloads outside of Kubernetes. */
  outsideReferences(env: Record<string, SecretReference>): OutsideReferences;
  /** Problems of the workspace's cluster that only this cloud can see; paths begin with `cluster`. */
  clusterFaults(ref: WorkspaceRef): Fault[];
  readerFaults(facts: ReaderFacts): Fault[];
  createReader(name: string, spec: ReaderSpec, options: pulumi.CustomResourceOptions): ReaderParts;
  inCluster: InClusterReads;
  prices: Prices;
  /** Problems of an audit trail's plain arguments that only this cloud can see. */
  auditTrailFaults(spec: AuditTrailSpec): Fault[];
  /** What of an audit trail outlives a destroy, and how to go on with it; undefined where nothing does. */
  keptByAuditTrail(spec: AuditTrailSpec): string | undefined;
  createAuditTrail(name: string, spec: AuditTrailSpec, options: pulumi.CustomResourceOptions): AuditTrailParts;
}
