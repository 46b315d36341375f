import deployer from "./policies/deployer.json";
import github from "./policies/github.json";
import gitlab from "./policies/gitlab.json";
import preview from "./policies/preview.json";

/** Numbers as well as names: a name that was given up can be taken by somebody else, a number can't. */
export interface GitHubRepository {
  owner: string;
  ownerId: string;
  repository: string;
  repositoryId: string;
}

export interface GitLabProject {
  /** With its groups: `acme/infrastructure`. */
  project: string;
  projectId: string;
}

export interface Settings {
  accountId: string;
  /** Where Pulumi keeps its state. */
  stateBucket: string;
  github?: GitHubRepository;
  gitlab?: GitLabProject;
}

export interface RoleDocuments {
  /** Who may take the role. */
  trust: string;
  /** What the role may do; of the deployer, besides what each workspace's `deployerPolicy` says. */
  permissions: string;
}

export const issuers = { github: "token.actions.githubusercontent.com", gitlab: "gitlab.com" };

/** The documents of policies/ with their `<name>`s filled in. */
export function documents(settings: Settings): Record<"preview" | "deployer", RoleDocuments> {
  const { accountId, stateBucket } = settings;
  const values = {
    accountId,
    stateBucket,
    githubProvider: providerArn(accountId, issuers.github),
    gitlabProvider: providerArn(accountId, issuers.gitlab),
    ...settings.github,
    ...settings.gitlab,
  };
  const trust = (role: "preview" | "deployer") => [
    ...(settings.github === undefined ? [] : github[role]),
    ...(settings.gitlab === undefined ? [] : gitlab[role]),
  ];
  return {
    preview: { trust: filled(trust("preview"), values), permissions: filled(preview, values) },
    deployer: { trust: filled(trust("deployer"), values), permissions: filled(deployer, values) },
  };
}

function providerArn(accountId: string, issuer: string): string {
  return `arn:aws:iam::${accountId}:oidc-provider/${issuer}`;
}

/** What is in a name of a repository: no wildcard, and nothing that ends a part of a subject or a text of JSON. */
const plain = /^[\w.\-/]+$/;

function filled(statements: readonly object[], values: Readonly<Record<string, string>>): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }).replace(/<(\w+)>/g, (_, name: string) => {
    // A number in the configuration arrives as one.
    const value = String(values[name] ?? "");
    // Providers are ours: their ARN has colons.
    if (!name.endsWith("Provider") && !plain.test(value)) throw new Error(`${name} is missing, or not a plain name`);
    return value;
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const managedPolicy = 6144;

/** The statements of a document in as few documents as IAM's limit for one leaves, in their order. */
export function parts(document: string): string[] {
  const { Version, Statement } = JSON.parse(document) as { Version: string; Statement: object[] };
  const documentOf = (statements: object[]) => JSON.stringify({ Version, Statement: statements });
  const packed: object[][] = [[]];
  for (const statement of Statement) {
    const last = packed.at(-1) as object[];
    if (documentOf([...last, statement]).length <= managedPolicy) last.push(statement);
    else packed.push([statement]);
  }
  return packed.map(documentOf);
}
