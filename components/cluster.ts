/** The Kubernetes cluster whose pods read secrets, by the way they prove who they are. Exactly one block is set. */
export interface WorkspaceClusterArgs {
  /** Amazon EKS with IAM roles for service accounts (IRSA), or any other cluster (kind, k3s, on-premises) likewise. */
  eksIrsa?: EksIrsaArgs;
  /** Amazon EKS with EKS Pod Identity, whose agent must be installed. */
  eksPodIdentity?: EksPodIdentityArgs;
  /** Google Kubernetes Engine with Workload Identity Federation. */
  gke?: GkeClusterArgs;
}

/**
 * A cluster whose OpenID Connect issuer is registered in the workspace's account, with the audience
 * `sts.amazonaws.com`. Of a cluster other than EKS, AWS must be able to read the issuer's discovery document and keys
 * over https. External Secrets finds the role by the annotation `eks.amazonaws.com/role-arn` of the binding's
 * ServiceAccount and needs nothing else in the cluster.
 */
export interface EksIrsaArgs {
  /**
   * The ARN of the cluster's OpenID Connect provider, for example
   * `arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE` or
   * `arn:aws:iam::111122223333:oidc-provider/k3s.example.com`: what follows `oidc-provider/` is the cluster's issuer
   * without `https://`, its path included.
   */
  oidcProviderArn: string;
}

/** A cluster in the workspace's account and home region. */
export interface EksPodIdentityArgs {
  /** The cluster's name: 1 to 100 letters, digits, hyphens and underscores, beginning with a letter or digit. */
  clusterName: string;
}

/**
 * A GKE cluster with Workload Identity Federation. A ServiceAccount is known to IAM by its project, namespace and name,
 * whatever the cluster: two workspaces with one namespace in clusters of one project would read each other's secrets, and
 * are refused (https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#identity_sameness).
 */
export interface GkeClusterArgs {
  /**
   * The cluster's project.
   * @default the workspace's
   */
  projectId?: string;
  /**
   * The number of the cluster's project: given together with `projectId`.
   * @default the workspace's
   */
  projectNumber?: string;
  /** The cluster's region or zone, for example `europe-west3`. */
  location: string;
  /** The cluster's name. */
  clusterName: string;
  /**
   * Whether the cluster has GKE's Secret Manager add-on: delivery `csi` then mounts with the add-on's driver instead of
   * the open-source one.
   * @default false
   */
  secretManagerAddOn?: boolean;
}
