/** How a value reaches a pod. */
export const Delivery = {
  /** The External Secrets Operator reads it with the binding's own identity, and keeps a Kubernetes Secret up to date. */
  ExternalSecrets: "external-secrets",
  /**
   * The Secrets Store CSI driver, or that of GKE's Secret Manager add-on, reads it with the pod's identity when the pod
   * starts; files are in no Secret.
   */
  Csi: "csi",
  /**
   * Secret Sync of a GKE cluster of version 1.34 or later reads it with the binding's own identity, and keeps a
   * Kubernetes Secret up to date.
   */
  GkeSync: "gke-sync",
  /** Pulumi writes it into a Kubernetes Secret. What changes elsewhere is not seen. */
  Native: "native",
} as const;
export type Delivery = (typeof Delivery)[keyof typeof Delivery];

/** Which version of a secret a workload receives. */
export const Freshness = {
  /** The current one, whoever put it in: Pulumi, a rotation, a member. */
  Latest: "latest",
  /** The one that is current in this `pulumi up`, until the next one looks again. */
  Pinned: "pinned",
} as const;
export type Freshness = (typeof Freshness)[keyof typeof Freshness];

/** Who restarts a workload for a changed value. Never two: that would be two rollouts for one change. */
export const RestartedBy = {
  /** Reloader where the cluster has it, else Pulumi. */
  Auto: "auto",
  /** The next `pulumi up`, also where the cluster has Reloader. */
  Pulumi: "pulumi",
  /** Stakater Reloader, which must be installed: within seconds after the value has arrived in the cluster. */
  Reloader: "reloader",
} as const;
export type RestartedBy = (typeof RestartedBy)[keyof typeof RestartedBy];

/** Who does it, once the cluster was asked. */
export type Restarter = Exclude<RestartedBy, "auto">;
