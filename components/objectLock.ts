/** How the log files are kept from being deleted or overwritten before their time. */
export const ObjectLock = {
  /** Who may change the bucket's policy, and then has the right to bypass the lock, can still lift it; both is seen. */
  Governance: "governance",
  /**
   * Nobody can delete a log file before its time, neither the root user nor AWS, and the time of a file can't be
   * shortened. There is no way back, and the storage is paid for until then.
   */
  Compliance: "compliance",
} as const;
export type ObjectLock = (typeof ObjectLock)[keyof typeof ObjectLock];
