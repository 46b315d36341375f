/** How the roles of a workspace see which secrets there are. */
export const Listing = {
  /** By the account's listing, which nothing can narrow: names, descriptions and tags of other workspaces show too. */
  Account: "account",
  /** Not at all: a role describes a secret whose name it knows. */
  None: "none",
  /** By a Resource Explorer view that shows this workspace's secrets only. Needs an index in the region. */
  Explorer: "explorer",
} as const;
export type Listing = (typeof Listing)[keyof typeof Listing];

/** For what a member may use the workspace's key, besides encrypting. */
export const MemberKms = {
  /** To prove to Secrets Manager that it may use the key; no stored value can be decrypted. */
  ValidateOnly: "validate-only",
  /** To decrypt through Secrets Manager, which alone then keeps members from values. */
  ViaService: "via-service",
} as const;
export type MemberKms = (typeof MemberKms)[keyof typeof MemberKms];

/** Whether a workspace has its Google Cloud project for itself. */
export const ProjectSharing = {
  /** It has: the project is the boundary, and the whole role matrix holds. */
  None: "none",
  /**
   * Several workspaces are in the project, told apart by conditions on names. Google checks `create` and `list` on the
   * project, which no such condition can match: nobody lists secrets or creates any but whoever runs `pulumi up`.
   * Google takes 20 conditions for one role of one principal in a project: nobody can have a role in more workspaces there
   * (https://docs.cloud.google.com/iam/quotas#limits). `reducedGuarantees` of the workspace says what is not kept.
   */
  Strict: "strict",
  /**
   * As strict, but roles list and create as the matrix says, and so in the whole project: names of other workspaces'
   * secrets show, and a secret can be created under another workspace's names. Values stay apart. `reducedGuarantees` of
   * the workspace says so.
   */
  Open: "open",
} as const;
export type ProjectSharing = (typeof ProjectSharing)[keyof typeof ProjectSharing];
