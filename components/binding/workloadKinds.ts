/** What kind of workload receives the values. */
export const WorkloadKind = {
  /** An agent deployment. */
  Agent: "agent",
  /** A model that serves inference. */
  Model: "model",
  /** A data source: a database or storage connection. */
  DataSource: "data-source",
  /** A tool integration, for example Slack or Gmail. */
  Tool: "tool",
  /** Any other application. */
  Application: "application",
} as const;
export type WorkloadKind = (typeof WorkloadKind)[keyof typeof WorkloadKind];

/** What a kind of workload changes where the binding says nothing. */
export interface KindDefaults {
  /** How often values that change elsewhere are read again. */
  refreshSeconds: number;
  /** Whether a changed file restarts the pods: what reads its files at the start only needs it. */
  restartForFiles: boolean;
  /** Whether init containers get the values too. */
  initContainers: boolean;
}

/**
 * The reader is the binding's own for every kind. Three minutes, and the time until a kubelet has written a file, stay
 * below five; a rotated database password is needed sooner, because the old one is refused at once, and so is a token
 * of OAuth, which lives for an hour at most. Agents read their files when they start. A model's weights are fetched by
 * an init container, with the model hub's token.
 */
export const kindDefaults: Record<WorkloadKind, KindDefaults> = {
  agent: { refreshSeconds: 180, restartForFiles: true, initContainers: false },
  model: { refreshSeconds: 180, restartForFiles: false, initContainers: true },
  "data-source": { refreshSeconds: 60, restartForFiles: false, initContainers: false },
  tool: { refreshSeconds: 120, restartForFiles: false, initContainers: false },
  application: { refreshSeconds: 180, restartForFiles: false, initContainers: false },
};
