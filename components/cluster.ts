/** The Kubernetes cluster whose pods read secrets, by the way they prove who they are. Exactly one block is set. */
export interface WorkspaceClusterArgs {
  /** Amazon EKS with IAM roles for service accounts (IRSA). */
  eksIrsa?: EksIrsaArgs;
  /** Amazon EKS with EKS Pod Identity, whose agent must be installed. */
  eksPodIdentity?: EksPodIdentityArgs;
}

/** A cluster whose OpenID Connect issuer is registered in the workspace's account. */
export interface EksIrsaArgs {
  /**
   * The ARN of the cluster's OpenID Connect provider, for example
   * `arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE`.
   */
  oidcProviderArn: string;
}

/** A cluster in the workspace's account and home region. */
export interface EksPodIdentityArgs {
  /** The cluster's name: 1 to 100 letters, digits, hyphens and underscores, beginning with a letter or digit. */
  clusterName: string;
}
