import type { RoleName } from "./roles";

/**
 * The Kubernetes group of a role of a workspace. Whatever tells the cluster who somebody is puts them into it: access
 * entries on EKS, the groups of an OpenID Connect issuer elsewhere. EKS documents no rule for the letters of a group
 * (https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html), and RBAC has none.
 */
export function groupOf(workspace: string, role: RoleName): string {
  return `vantedge:${workspace}:${role}`;
}

/** Somebody as the Kubernetes cluster knows them: exactly one of the three. Nobody that stands for everybody. */
export interface KubernetesSubjectArgs {
  /** A user by name. On GKE that is the account's email. Not one that begins with `system:`. */
  user?: string;
  /** A group by name. Not one that begins with `system:`. */
  group?: string;
  /** A ServiceAccount of the cluster. */
  serviceAccount?: KubernetesServiceAccountArgs;
}

/** A ServiceAccount of the cluster, in whatever namespace. */
export interface KubernetesServiceAccountArgs {
  /** Its name. */
  name: string;
  /** Its namespace. */
  namespace: string;
}

/** Who has which role in the workspace's namespace, beside whoever is in the role's group. */
export interface KubernetesSubjectsArgs {
  /** See what is delivered and whether it arrived; no value. */
  viewers?: KubernetesSubjectArgs[];
  /** What viewers may: members write values in the cloud, and read none anywhere. */
  members?: KubernetesSubjectArgs[];
  /** What members may, events, and the values of bound secrets by name. */
  admins?: KubernetesSubjectArgs[];
  /** What admins may. */
  owners?: KubernetesSubjectArgs[];
}

/** The EKS cluster whose access entries put the workspace's cloud roles into their Kubernetes groups. */
export interface KubernetesAccessEntriesArgs {
  /**
   * The cluster's name: 1 to 100 letters, digits, hyphens and underscores, beginning with a letter or digit. It is in
   * the workspace's account and home region, and its authentication mode takes access entries.
   */
  clusterName: string;
}
