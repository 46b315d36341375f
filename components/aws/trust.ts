import * as pulumi from "@pulumi/pulumi";
import { arnRule, comparedArnRule, isArnOfOne, isComparedArn } from "../checks/shapes";
import { InputError } from "../errors";
import type { KeyPrincipalArgs, OidcPrincipalArgs, PrincipalArgs, SamlPrincipalArgs } from "../principals";
import { endOf } from "../until";
import { partitionOf, type WorkspaceScope } from "./iam";
import { policyDocument, type Statement } from "./policyDocument";
import { quotas } from "./rolePolicies";

/** ARNs and patterns that `aws:PrincipalArn` is compared with: the role that was taken, never a session of it. */
export function comparedArns(scope: WorkspaceScope, principals: readonly KeyPrincipalArgs[]): pulumi.Output<string[]> {
  const known = (arn: pulumi.Input<string>) => knownArn(scope, arn, isComparedArn, comparedArnRule);
  return pulumi.all(principals.map(({ arn, arnPattern }) => arnPattern ?? known(arn as pulumi.Input<string>)));
}

/** An ARN that may be an Output is checked when it is known: `*` would let everybody in. */
function knownArn(
  { workspace }: WorkspaceScope,
  arn: pulumi.Input<string>,
  isRight: (arn: string) => boolean,
  rule: string,
): pulumi.Output<string> {
  return pulumi.output(arn).apply((known) => {
    if (!isRight(known)) throw new InputError([`workspace "${workspace}": the arn of a principal ${rule}`]);
    return known;
  });
}

/**
 * Who may take a role. None names `*`. Principals of one kind with the same conditions share a statement: a trust
 * policy holds 2,048 characters unless the account's quota is raised.
 */
export function trustDocument(
  scope: WorkspaceScope,
  field: string,
  principals: readonly PrincipalArgs[],
): pulumi.Output<string> {
  return pulumi
    .all(principals.map(({ arn }) => (arn === undefined ? undefined : knownArn(scope, arn, isArnOfOne, arnRule))))
    .apply((arns) => {
      const trusts = principals.map((principal, index) => trustOf(scope, principal, arns[index]));
      const document = policyDocument(together(trusts).map((trust, index) => ({ Sid: `Trust${index}`, ...trust })));
      if (document.length > quotas.trustPolicy) throw new InputError([tooMany(scope, field, document.length)]);
      return document;
    });
}

function tooMany({ workspace }: WorkspaceScope, field: string, length: number): string {
  return (
    `workspace "${workspace}": ${field}: the trust policy would have ${length} characters, and IAM takes ` +
    `${quotas.trustPolicy}: name fewer principals, or several by one arnPattern`
  );
}

type Trust = Omit<Statement, "Sid">;

function trustOf(scope: WorkspaceScope, principal: PrincipalArgs, arn: string | undefined): Trust {
  const { Condition, ...trust } = who(scope, principal, arn);
  const conditions = { ...Condition, ...mfaCondition(principal), ...endCondition(principal) };
  return Object.keys(conditions).length === 0 ? trust : { ...trust, Condition: conditions };
}

function who(scope: WorkspaceScope, principal: PrincipalArgs, arn: string | undefined): Trust {
  if (principal.oidc !== undefined) return oidc(principal.oidc);
  if (principal.saml !== undefined) return saml(principal.saml);
  if (principal.arnPattern !== undefined) return pattern(scope, principal.arnPattern);
  return { Effect: "Allow", Principal: { AWS: arn as string }, Action: "sts:AssumeRole" };
}

/** A principal element takes no wildcard, so the account is named and the pattern is a condition. */
function pattern(scope: WorkspaceScope, arnPattern: string): Trust {
  const root = `arn:${partitionOf(scope.regions[0] as string)}:iam::${scope.accountId}:root`;
  return {
    Effect: "Allow",
    Principal: { AWS: root },
    Action: "sts:AssumeRole",
    Condition: { ArnLike: { "aws:PrincipalArn": arnPattern } },
  };
}

function oidc({ providerArn, subjects, audience = "sts.amazonaws.com" }: OidcPrincipalArgs): Trust {
  const issuer = issuerOf(providerArn);
  return {
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${issuer}:aud`]: audience }, StringLike: { [`${issuer}:sub`]: subjects } },
  };
}

/** How condition keys call a provider: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
export function issuerOf(providerArn: string): string {
  return providerArn.slice(providerArn.indexOf("oidc-provider/") + "oidc-provider/".length);
}

function saml({ providerArn, audience = "https://signin.aws.amazon.com/saml" }: SamlPrincipalArgs): Trust {
  return {
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithSAML",
    Condition: { StringEquals: { "SAML:aud": audience } },
  };
}

/** Absent in a session of long-term credentials, and then not true. */
function mfaCondition({ mfa }: PrincipalArgs): Statement["Condition"] {
  return mfa === true ? { Bool: { "aws:MultiFactorAuthPresent": "true" } } : {};
}

function endCondition({ until }: PrincipalArgs): Statement["Condition"] {
  return until === undefined ? {} : { DateLessThan: { "aws:CurrentTime": endOf(until) } };
}

/** Statements that differ in whom or what pattern they name become one. */
function together(trusts: readonly Trust[]): Trust[] {
  const merged = new Map<string, Trust>();
  for (const trust of trusts) {
    const rest = mergeable(trust);
    const before = merged.get(rest);
    merged.set(rest, before === undefined ? trust : join(before, trust));
  }
  return [...merged.values()];
}

/** What must be the same in two statements that are merged: all but the principal of AWS, or the pattern for it. */
function mergeable({ Principal, Condition = {}, ...rest }: Trust): string {
  const { ArnLike, ...conditions } = Condition;
  const named = (Principal as { AWS?: string }).AWS !== undefined && ArnLike === undefined;
  return JSON.stringify([rest, named ? "by ARN" : Principal, conditions, ArnLike === undefined]);
}

function join(one: Trust, other: Trust): Trust {
  const patterns = [one, other].flatMap(({ Condition }) => Condition?.ArnLike?.["aws:PrincipalArn"] ?? []);
  if (patterns.length > 0) {
    return { ...one, Condition: { ...one.Condition, ArnLike: { "aws:PrincipalArn": unique(patterns) } } };
  }
  const arns = [one, other].flatMap(({ Principal }) => (Principal as { AWS?: string | string[] }).AWS ?? []);
  return arns.length === 0 ? one : { ...one, Principal: { AWS: unique(arns) } };
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)];
}
