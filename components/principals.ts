import type * as pulumi from "@pulumi/pulumi";

/**
 * Someone who has a role: exactly one of `arn`, `arnPattern`, `oidc`, `saml` (AWS) and `gcp` (Google Cloud). Never
 * everybody.
 */
export interface PrincipalArgs {
  /** A role or user of AWS IAM, by its ARN. */
  arn?: pulumi.Input<string>;
  /**
   * Roles or users of the workspace's account whose ARN matches a pattern with `*` or `?`, for example the roles that
   * IAM Identity Center makes: `arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Auditor*`.
   */
  arnPattern?: string;
  /** An identity of an OpenID Connect provider, for example GitHub Actions. */
  oidc?: OidcPrincipalArgs;
  /** Users of a SAML identity provider. */
  saml?: SamlPrincipalArgs;
  /**
   * Google Cloud: one member of IAM, as its policies write it: `user:EMAIL`, `group:EMAIL`, `serviceAccount:EMAIL`, or a
   * `principal://` or `principalSet://` of a workload or workforce identity pool, but no whole pool
   * (https://cloud.google.com/iam/docs/principal-identifiers).
   */
  gcp?: string;
  /**
   * Whether the session that takes the role must have been opened with multi-factor authentication of AWS IAM. For `arn`
   * and `arnPattern` only, and not for roles of IAM Identity Center: there, as with `oidc` and `saml`, the identity
   * provider asks for it, and AWS doesn't know.
   * @default false
   */
  mfa?: boolean;
  /**
   * Until when the role may be taken: a day, to its end in UTC (`2027-01-31`), or a moment (`2027-01-31T18:00:00Z`). A
   * session on AWS that was begun before lasts as long as any; Google Cloud asks at each call.
   * @default without end
   */
  until?: string;
}

/** Someone whom a key's policy names: exactly one of the two. */
export interface KeyPrincipalArgs {
  /** A role or user of AWS IAM, by its ARN. */
  arn?: pulumi.Input<string>;
  /** Roles or users whose ARN matches a pattern with `*` or `?`. */
  arnPattern?: string;
}

/** Identities of an OpenID Connect provider that is registered in the account. */
export interface OidcPrincipalArgs {
  /** The provider's ARN, for example `arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com`. */
  providerArn: string;
  /** The subjects (`sub`), for example `repo:acme/infra:ref:refs/heads/main`. `*` may stand for a part, not for all. */
  subjects: string[];
  /**
   * The audience (`aud`).
   * @default "sts.amazonaws.com"
   */
  audience?: string;
}

/** Users of a SAML identity provider that is registered in the account. */
export interface SamlPrincipalArgs {
  /** The provider's ARN, for example `arn:aws:iam::111122223333:saml-provider/corporate`. */
  providerArn: string;
  /**
   * The audience (`SAML:aud`).
   * @default "https://signin.aws.amazon.com/saml"
   */
  audience?: string;
}

/** Someone who runs `pulumi up`. Writes and describes; reads no value unless `readable` says so. */
export interface DeployerArgs {
  /** A role or user of AWS IAM, by its ARN. */
  arn?: pulumi.Input<string>;
  /** Roles or users of the workspace's account whose ARN matches a pattern with `*` or `?`. */
  arnPattern?: string;
  /**
   * Whether the workspace's key decrypts for the deployer.
   * @default false
   */
  readable?: boolean;
}
