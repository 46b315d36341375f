import type * as pulumi from "@pulumi/pulumi";

/** A secret of the workspace, or one field of it. */
export interface BindingReferenceArgs {
  /** The secret's name in the workspace. */
  secret: string;
  /**
   * A field of a secret that was made of fields.
   * @default the whole value
   */
  field?: string;
}

/** The files of one directory. */
export interface BindingFilesArgs {
  /** Secrets whose whole value becomes a file with the secret's name. */
  secrets?: string[];
  /** Files by name. */
  items?: Record<string, BindingReferenceArgs>;
}

/** A bound secret's content, beside its name: `native` delivery takes it from the program that also creates it. */
export interface BindingValueArgs {
  /** The value, as given to the Secret. */
  value?: pulumi.Input<string>;
  /** The fields, as given to the Secret. */
  fields?: Record<string, pulumi.Input<string>>;
  /**
   * The version that holds it, as the Secret's `versionId` says.
   * @default the current version, found by listing versions
   */
  versionId?: pulumi.Input<string>;
}
