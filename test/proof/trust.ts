import { Provider } from "@pulumi/kubernetes/provider";
import { awsBackend } from "../../components/aws/backend";
import type { Statement } from "../../components/aws/policyDocument";
import type { ReaderHolder } from "../../components/backend";
import { Delivery, DeploymentBinding, Workspace, type WorkspaceRef } from "../../index";
import { accountId, arn } from "../support/fixtures";
import { type Document, type RecordedRole, record } from "./documents";
import { type Context, type Decision, decide } from "./simulate";

/** Someone who asks STS for a role's credentials, and what STS knows of the call. */
export interface Taker {
  /** A principal as a trust policy calls it; of a role, its session. */
  principal: string;
  /** Its role or user. */
  arn: string;
  /** All of them must be allowed. */
  actions: string[];
  context: Context;
}

const provider = (issuer: string, account = accountId) => `arn:aws:iam::${account}:oidc-provider/${issuer}`;
export const issuers = {
  github: "token.actions.githubusercontent.com",
  cluster: "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE",
  otherCluster: "oidc.eks.us-east-1.amazonaws.com/id/OTHER",
};
const samlProvider = (name: string) => `arn:aws:iam::${accountId}:saml-provider/${name}`;

/** Readers that are no pods'. */
function readerOf(workspace: WorkspaceRef, binding: string, holder: ReaderHolder): void {
  awsBackend.createReader(binding, { workspace, binding, holder, secretNames: ["key"] }, {});
}

/** Two workspaces whose roles are taken in all the ways that there are. */
export async function recordTrust(): Promise<RecordedRole[]> {
  const { roles } = await record(() => {
    const production = workspaceIn("production", { eksIrsa: { oidcProviderArn: provider(issuers.cluster) } });
    readerOf(production, "gateway", { roleArn: arn("edge/gateway") });
    readerOf(production, "tasks", { service: "ecs-tasks" });
    readerOf(production, "function", { service: "lambda" });
    workspaceIn("development", { eksPodIdentity: { clusterName: "main" } });
  });
  return roles;
}

function workspaceIn(name: string, cluster: object): WorkspaceRef {
  const { ref } = new Workspace(name, {
    organization: "AI Startup",
    aws: { region: "us-east-1", accountId },
    roles: {
      owners: [
        { arn: arn("founders"), mfa: true },
        { arn: arn("contractor"), until: "2027-01-31" },
      ],
      admins: [
        { arnPattern: "arn:aws:iam::*:role/sso/*Leads*", mfa: true, until: "2027-01-31T18:00:00Z" },
        { arnPattern: "arn:aws:iam::*:role/sso/*Security*", mfa: true, until: "2027-01-31T18:00:00Z" },
      ],
      members: [
        {
          oidc: {
            providerArn: provider(issuers.github),
            subjects: ["repo:acme/infra:ref:refs/heads/main", "repo:acme/app:environment:*"],
          },
        },
        { arn: arn("developers") },
        { arn: `arn:aws:iam::${accountId}:user/alice` },
      ],
      viewers: [
        { saml: { providerArn: samlProvider("corporate"), audience: "https://sso.acme.com" } },
        { oidc: { providerArn: provider(issuers.github), subjects: ["repo:acme/docs:*"], audience: "vantedge" } },
      ],
    },
    rotator: true,
    kubernetes: { namespace: "apps", createNamespace: false, cluster },
  });
  const args = {
    workspace: ref,
    bindingName: "agent",
    delivery: Delivery.Native,
    env: { KEY: { secret: "key" } },
    values: { key: { value: "sk", versionId: "first" } },
  };
  // One namespace of one cluster has no two bindings of one name.
  new DeploymentBinding(`agent-of-${name}`, args, { providers: [new Provider(`cluster-of-${name}`)] });
  return ref;
}

/** A session of a role. */
export function role(path: string, context: Context = {}, account = accountId): Taker {
  const principal = `arn:aws:sts::${account}:assumed-role/${path.split("/").at(-1)}/session`;
  return { principal, arn: `arn:aws:iam::${account}:role/${path}`, actions: ["AssumeRole"], context };
}

export function user(name: string): Taker {
  const named = `arn:aws:iam::${accountId}:user/${name}`;
  return { principal: named, arn: named, actions: ["AssumeRole"], context: {} };
}

/** Whoever has a token of an OpenID Connect provider; without a claim where that is empty. */
export function token(issuer: string, sub: string, aud = "sts.amazonaws.com", account = accountId): Taker {
  const federated = provider(issuer, account);
  const context = given({ [`${issuer}:sub`]: sub, [`${issuer}:aud`]: aud });
  return { principal: federated, arn: federated, actions: ["AssumeRoleWithWebIdentity"], context };
}

/** Whoever has an assertion of a SAML provider. */
export function assertion(name: string, aud: string): Taker {
  const federated = samlProvider(name);
  return { principal: federated, arn: federated, actions: ["AssumeRoleWithSAML"], context: given({ "SAML:aud": aud }) };
}

/** A service of AWS. */
export function service(name: string, context: Context = {}, actions = ["AssumeRole"]): Taker {
  return { principal: `${name}.amazonaws.com`, arn: `${name}.amazonaws.com`, actions, context };
}

/** A pod for which EKS Pod Identity asks: it tags each session with what the pod is, except for what is empty here. */
export function pod(cluster: string, namespace: string, serviceAccount: string, account = accountId): Taker {
  const tags = {
    "aws:SourceAccount": account,
    "aws:RequestTag/eks-cluster-arn": cluster && `arn:aws:eks:us-east-1:${accountId}:cluster/${cluster}`,
    "aws:RequestTag/kubernetes-namespace": namespace,
    "aws:RequestTag/kubernetes-service-account": serviceAccount,
  };
  return service("pods.eks", given(tags), ["AssumeRole", "TagSession"]);
}

function given(context: { [key: string]: string }): Context {
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value !== ""));
}

/** A day on which nothing has ended. */
const today = { "aws:CurrentTime": "2026-12-01T12:00:00Z" };

/** What whoever calls may take by policies that are not ours: it is the trust that decides. */
const everyRole: Document = {
  Version: "2012-10-17",
  Statement: [{ Sid: "EveryRole", Effect: "Allow", Action: "sts:*", Resource: "*" }],
};

/** Whether a trust policy lets somebody take its role. */
export async function decideTrust(taker: Taker, resource: string, trust: Document): Promise<Decision> {
  const caller = { session: taker.principal, arn: taker.arn };
  const context = renamed({ ...today, ...taker.context });
  const policies = { identity: [everyRole], resource: readable(trust) };
  for (const action of taker.actions) {
    const decision = await decide(caller, { action: `sts:${action}`, resource, context }, policies);
    if (decision === "Deny") return "Deny";
  }
  return "Allow";
}

/**
 * iam-simulate knows no claims but those of a few providers (`aud` and `sub` of none that we use): under the name of a
 * tag, which bears the issuer's, they are compared.
 */
const claim = /^(.+):(aud|sub)$/;
const stand = "aws:PrincipalTag/$1-$2";

function renamed<T>(keyed: { [key: string]: T }): { [key: string]: T } {
  return Object.fromEntries(
    Object.entries(keyed).map(([key, value]) => [key.startsWith("SAML:") ? key : key.replace(claim, stand), value]),
  );
}

function readable(document: Document): Document {
  const statement = ({ Condition, ...rest }: Statement): Statement => {
    if (Condition === undefined) return rest;
    const operators = Object.entries(Condition).map(([operator, keys]) => [operator, renamed(keys)]);
    return { ...rest, Condition: Object.fromEntries(operators) };
  };
  return { ...document, Statement: document.Statement.map(statement) };
}
