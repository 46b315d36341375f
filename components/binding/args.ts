import type * as pulumi from "@pulumi/pulumi";

/** A secret of the workspace, one field of it, or a text with fields in it. */
export interface BindingReferenceArgs {
  /** The secret's name in the workspace. */
  secret: string;
  /**
   * A field of a secret that was made of fields.
   * @default the whole value
   */
  field?: string;
  /**
   * A text in which `{{name}}` stands for the field of that name, and `{{value}}` for a value without fields, for example
   * `postgres://{{username}}:{{password | uri}}@{{host}}/app`. After a bar, `uri` encodes it for a URL, `json` makes it a
   * JSON string with its quotes, `base64` encodes it. The text itself is no secret: it is kept in clear.
   */
  template?: string;
  /**
   * Whether the pod starts without it, where the secret has no such field.
   * @default false: the pod waits, visibly
   */
  optional?: boolean;
}

/** One file of a directory. */
export interface BindingFileArgs {
  /** The secret's name in the workspace. */
  secret: string;
  /**
   * A field of a secret that was made of fields.
   * @default the whole value
   */
  field?: string;
  /** A text with fields in it, as in `env`. */
  template?: string;
  /**
   * Whether the pod starts without it, where the secret has no such field.
   * @default false
   */
  optional?: boolean;
  /**
   * The file's mode in octal, for example `"0400"`.
   * @default that of the directory
   */
  mode?: string;
}

/** The files of one directory, or the one file at a path. */
export interface BindingFilesArgs {
  /** Secrets whose whole value becomes a file with the secret's name. */
  secrets?: string[];
  /** Files by name. */
  items?: Record<string, BindingFileArgs>;
  /**
   * The path is that of this one file, in a directory that the image has. Kubernetes never changes such a file in a
   * running pod, so the pods have to be restarted for a new value.
   */
  asFile?: BindingReferenceArgs;
  /**
   * The files' mode in octal. Files belong to root and to the pod's `fsGroup`.
   * @default "0440"
   */
  mode?: string;
}

/** All fields of a secret as environment variables. */
export interface BindingEnvFromArgs {
  /** The secret's name in the workspace. */
  secret: string;
  /** What each variable's name begins with, before the field's name. */
  prefix?: string;
  /**
   * Whether the pod starts without the secret.
   * @default false
   */
  optional?: boolean;
}

/** A certificate with its key as a Secret of the type kubernetes.io/tls, for an Ingress or a Gateway. */
export interface BindingTlsArgs {
  /** The secret's name in the workspace. */
  secret: string;
  /**
   * The field that holds the certificate chain, in PEM.
   * @default "certificate"
   */
  certificateField?: string;
  /**
   * The field that holds the private key, in PEM.
   * @default "key"
   */
  keyField?: string;
}

/** What the program knows of a bound secret. */
export interface BindingValueArgs {
  /** The value, as given to the Secret: for delivery `native`, which takes it from the program that also creates it. */
  value?: pulumi.Input<string>;
  /** The fields, as given to the Secret. */
  fields?: Record<string, pulumi.Input<string>>;
  /**
   * The version that holds it, as the Secret's `versionId` says.
   * @default that of a Secret among the binding's `dependsOn` (in TypeScript), else the current one where it is needed
   */
  versionId?: pulumi.Input<string>;
}

/** The API versions of custom resources, for clusters whose operators are older or newer. */
export interface BindingApiVersionsArgs {
  /**
   * Of SecretStore and ExternalSecret.
   * @default "external-secrets.io/v1"
   */
  externalSecrets?: string;
  /**
   * Of SecretProviderClass.
   * @default "secrets-store.csi.x-k8s.io/v1"
   */
  secretsStore?: string;
  /**
   * Of SecretSync.
   * @default "secret-sync.gke.io/v1"
   */
  secretSync?: string;
}
