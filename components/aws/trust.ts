import * as pulumi from "@pulumi/pulumi";
import { arnRule, isArnOfOne } from "../checks/shapes";
import { InputError } from "../errors";
import type { OidcPrincipalArgs, PrincipalArgs, SamlPrincipalArgs } from "../principals";
import { partitionOf, type WorkspaceScope } from "./iam";
import { policyDocument, type Statement } from "./policyDocument";

/** An ARN that may be an Output is checked when it is known: `*` would let everybody in. */
export function knownArn({ workspace }: WorkspaceScope, arn: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(arn).apply((known) => {
    if (!isArnOfOne(known)) throw new InputError([`workspace "${workspace}": the arn of a principal ${arnRule}`]);
    return known;
  });
}

/** Who may take a role. One statement for each principal; none names `*`. */
export function trustDocument(scope: WorkspaceScope, principals: readonly PrincipalArgs[]): pulumi.Output<string> {
  return pulumi
    .all(principals.map(({ arn }) => (arn === undefined ? undefined : knownArn(scope, arn))))
    .apply((arns) =>
      policyDocument(principals.map((principal, index) => statement(scope, principal, arns[index], `Trust${index}`))),
    );
}

function statement(scope: WorkspaceScope, principal: PrincipalArgs, arn: string | undefined, sid: string): Statement {
  if (principal.oidc !== undefined) return oidc(principal.oidc, sid);
  if (principal.saml !== undefined) return saml(principal.saml, sid);
  if (principal.arnPattern !== undefined) return pattern(scope, principal.arnPattern, sid);
  return { Sid: sid, Effect: "Allow", Principal: { AWS: arn as string }, Action: "sts:AssumeRole" };
}

/** A principal element takes no wildcard, so the account is named and the pattern is a condition. */
function pattern(scope: WorkspaceScope, arnPattern: string, sid: string): Statement {
  const root = `arn:${partitionOf(scope.regions[0] as string)}:iam::${scope.accountId}:root`;
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { AWS: root },
    Action: "sts:AssumeRole",
    Condition: { ArnLike: { "aws:PrincipalArn": arnPattern } },
  };
}

function oidc({ providerArn, subjects, audience = "sts.amazonaws.com" }: OidcPrincipalArgs, sid: string): Statement {
  const issuer = providerArn.slice(providerArn.indexOf("oidc-provider/") + "oidc-provider/".length);
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${issuer}:aud`]: audience }, StringLike: { [`${issuer}:sub`]: subjects } },
  };
}

function saml(
  { providerArn, audience = "https://signin.aws.amazon.com/saml" }: SamlPrincipalArgs,
  sid: string,
): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Federated: providerArn },
    Action: "sts:AssumeRoleWithSAML",
    Condition: { StringEquals: { "SAML:aud": audience } },
  };
}
