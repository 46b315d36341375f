import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { ProjectSharing } from "../access";
import { isSecretName, isWorkspaceName, secretNameRule, workspaceNameRule } from "../names";
import { oneOf } from "./oneOf";
import { isReserved, reservedRule } from "./reservedNames";

/** The plain parts of arguments and manifests. `input` is whatever may be an Output: checked later, when it is known. */
export const text = z.string().refine((given) => given !== "", {
  message: "is empty: give it a text",
  abort: true,
});
/** For texts that become keys. */
export function unreserved(name: typeof text): typeof text {
  return name.refine((given) => !isReserved(given), reservedRule);
}
export const input = z.custom<pulumi.Input<string>>(
  (value) => pulumi.Output.isInstance(value) || value instanceof Promise || (typeof value === "string" && value !== ""),
  "must be a text that is not empty, or an Output",
);
export const workspaceName = text.refine(isWorkspaceName, `must be ${workspaceNameRule}`);
export const secretName = text.refine(isSecretName, `must be ${secretNameRule}`);
export const prefix = text.refine(isSecretName, `must be ${secretNameRule}`);
/** RFC 1123 label: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const namespace = text.refine(
  (name) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name),
  "must be a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens",
);
export const accountId = text.refine((id) => /^\d{12}$/.test(id), "must be the account's 12 digits, in quotes");
export const region = text.refine(
  (name) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(name),
  "must be a region's code, for example us-east-1",
);
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html: keys with our prefix are ours. */
export const tags = z.record(
  text.refine(
    // IAM takes keys that differ in case only for the same.
    (key) => !/^(vantedge-|aws:)/i.test(key),
    "tags that begin with vantedge- or aws: are reserved",
  ),
  z.string(),
);

export const awsShape = z.strictObject({ region, accountId, replicaRegions: z.array(region).optional() });

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects#before_you_begin; old ids begin with a domain. */
export const projectId = text.refine(
  (id) => /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id),
  "must be a project's id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter",
);
export const projectNumber = text.refine(
  (number) => /^[1-9]\d{4,18}$/.test(number),
  "must be the project's number, digits in quotes: gcloud projects describe PROJECT shows it",
);
/** https://cloud.google.com/secret-manager/docs/locations */
export const location = text.refine(
  (name) => /^[a-z]+(-[a-z]+)+\d+$/.test(name),
  "must be a location's name, for example europe-west3",
);
export const organizationId = text.refine((id) => /^[1-9]\d{5,18}$/.test(id), "must be an organization's number");
const roleParent = text.refine(
  (name) => /^organizations\/[1-9]\d{5,18}$/.test(name),
  "must be organizations/NUMBER: the project's own roles need no parent",
);
export const gcpShape = z.strictObject({
  projectId,
  projectNumber,
  location: location.optional(),
  sharing: z.enum(Object.values(ProjectSharing)).optional(),
  roleParent: roleParent.optional(),
});

const gcpEmail = "[a-z0-9._%+'-]+@[a-z0-9-]+(\\.[a-z0-9-]+)+";
export const serviceAccountEmail = text.refine(
  (email) => new RegExp(`^${gcpEmail}$`).test(email) && email.endsWith(".gserviceaccount.com"),
  "must be a service account's email, for example agent@my-project.iam.gserviceaccount.com",
);
/** https://cloud.google.com/iam/docs/principal-identifiers */
const oneMember = new RegExp(`^(user|group|serviceAccount):${gcpEmail}$`);
const federated =
  /^principal(Set)?:\/\/iam\.googleapis\.com\/(projects\/\d+\/)?locations\/[a-z0-9-]+\/(workloadIdentityPools|workforcePools)\/[a-z0-9.:-]+\/[^\s]+$/;
export const gcpMember = text
  .refine(
    (member) => !/^(allUsers|allAuthenticatedUsers|domain:|projectOwner:|projectEditor:|projectViewer:)/.test(member),
    {
      message:
        "stands for everybody, or for whoever has another role: name users, groups, service accounts or identities of a pool",
      abort: true,
    },
  )
  .refine((member) => !/^principalSet:.*\/\*$/.test(member), {
    message: "is a whole identity pool: name a subject, a group or an attribute of it",
    abort: true,
  })
  .refine(
    (member) => oneMember.test(member) || federated.test(member),
    "must be user:EMAIL, group:EMAIL or serviceAccount:EMAIL in lower case, or a principal:// or principalSet:// of an identity pool",
  );

const arnOfOne = /^arn:[a-z-]+:(iam::\d{12}:(role|user)|sts::\d{12}:assumed-role)\/[^\s*?]+$/;
/** A session is told by its role's ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn */
const wholeArnPattern = /^arn:[a-z-]+:iam::(\*|\d{12}):(role|user)\/([^*?]+|[^*?]*[-_/.@+=,][*?].*)$/;
const comparedArn = /^arn:[a-z-]+:iam::\d{12}:(role|user)\/[^\s*?]+$/;
export const arnRule =
  "must be the ARN of one role or user, for example arn:aws:iam::111122223333:role/ci; for several use arnPattern";

/** Neither an account nor a wildcard: both let in more than is seen. */
export function isArnOfOne(value: string): boolean {
  return arnOfOne.test(value);
}

const arn = input.refine((value) => typeof value !== "string" || isArnOfOne(value), arnRule);
const arnPattern = text.refine(
  (value) => wholeArnPattern.test(value),
  "must name roles or users by whole words before its first wildcard, for example arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Auditor* or arn:aws:iam::111122223333:role/ci-*",
);
/**
 * `repo:*` is all of GitHub, `repo:acme/*` one organization, and `repo:acme*` whoever calls an organization acme-evil. So
 * the owner is whole where there is a wildcard, at every issuer: `project_path:acme/*`, `organization:acme:*`.
 */
const ownerNamed = /^([^*?]+|[^*?:/]+:[^*?:/]+[:/].+)$/;
/** The first two words of a ServiceAccount's subject are those of all. */
const inNamespace = /^system:serviceaccount:([^*?:]+:.+)$/;
const subject = text.refine(
  (value) => (value.startsWith("system:serviceaccount") ? inNamespace : ownerNamed).test(value),
  "must name the owner without a wildcard, for example project_path:acme/infra:* or system:serviceaccount:apps:*: else it would let others in",
);

const until = text.refine(
  (value) => z.iso.date().safeParse(value).success || z.iso.datetime({ offset: true }).safeParse(value).success,
  "must be a day such as 2027-01-31, or a moment such as 2027-01-31T18:00:00Z",
);

const github = /:oidc-provider\/token\.actions\.githubusercontent\.com$/;

/** Of GitHub's subjects, those that begin with an owner: https://docs.github.com/en/actions/reference/security/oidc */
function namesGithubOwner({ providerArn, subjects }: { providerArn: string; subjects: string[] }): boolean {
  const named = subjects.filter((value) => ownerNamed.test(value));
  return !github.test(providerArn) || named.every((value) => /^(repo|repository_owner):[^*?/:]+([/:].*)?$/.test(value));
}

const oidcProviderArn = text.refine(
  (value) => /^arn:[a-z-]+:iam::\d{12}:oidc-provider\/[^\s*?]+$/.test(value),
  "must be the ARN of an OpenID Connect provider",
);

export const principal = oneOf(["arn", "arnPattern", "oidc", "saml", "gcp"], {
  arn: arn.optional(),
  arnPattern: arnPattern.optional(),
  oidc: z
    .strictObject({
      providerArn: oidcProviderArn,
      subjects: z.array(subject).min(1),
      audience: text.optional(),
    })
    .refine(namesGithubOwner, {
      path: ["subjects"],
      message: "must name the owner without a wildcard, for example repo:acme/infra:ref:refs/heads/main",
    })
    .optional(),
  saml: z
    .strictObject({
      providerArn: text.refine(
        (value) => /^arn:[a-z-]+:iam::\d{12}:saml-provider\/[^\s*?]+$/.test(value),
        "must be the ARN of a SAML provider",
      ),
      audience: text.optional(),
    })
    .optional(),
  gcp: gcpMember.optional(),
  mfa: z.boolean().optional(),
  until: until.optional(),
})
  .refine(({ mfa, oidc, saml, gcp }) => mfa !== true || (oidc ?? saml ?? gcp) === undefined, {
    path: ["mfa"],
    message: "is for arn and arnPattern: with oidc, saml and gcp, let the identity provider ask for it",
  })
  .refine(({ mfa, arn, arnPattern }) => mfa !== true || !/aws-reserved\/sso/.test(`${arn} ${arnPattern}`), {
    path: ["mfa"],
    message: "is unknown of roles of IAM Identity Center, whose people sign in with it there: leave it out",
  });

export const comparedArnRule =
  "must be the ARN of one role or user of IAM, not of a session: AWS compares with the role that was taken";

/** Neither a session nor a wildcard: what `aws:PrincipalArn` can be. */
export function isComparedArn(value: string): boolean {
  return comparedArn.test(value);
}

const keyArnOfOne = input.refine((value) => typeof value !== "string" || isComparedArn(value), comparedArnRule);

/** Principals that a key policy names: no federation, it sees the role that was taken. */
export const keyPrincipal = oneOf(["arn", "arnPattern"], {
  arn: keyArnOfOne.optional(),
  arnPattern: arnPattern.optional(),
});

/** Who runs `pulumi up`. */
export const deployer = oneOf(["arn", "arnPattern"], { ...keyPrincipal.shape, readable: z.boolean().optional() });

export const rolesShape = z.strictObject({
  viewers: z.array(principal).optional(),
  members: z.array(principal).optional(),
  admins: z.array(principal).optional(),
  owners: z.array(principal).optional(),
});

const sessionHours = z
  .number()
  .int()
  .refine((hours) => hours >= 1 && hours <= 12, "must be 1 to 12 hours");

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage-assume.html: IAM takes 1 to 12 hours. */
export const sessionHoursShape = z.strictObject({
  viewers: sessionHours.optional(),
  members: sessionHours.optional(),
  admins: sessionHours.optional(),
  owners: sessionHours.optional(),
});

export const roleArn = text.refine(
  (value) => /^arn:[a-z-]+:iam::\d{12}:role\/[^\s*?]+$/.test(value),
  "must be the ARN of one role",
);

const existingRole = roleArn.refine((value) => !/:role\/aws-(reserved|service-role)\//.test(value), {
  message:
    "is a role that AWS manages and nobody may change: let those who have it take a role of the workspace, by arnPattern under roles",
});

export const existingRolesShape = z.strictObject({
  viewer: existingRole.optional(),
  member: existingRole.optional(),
  admin: existingRole.optional(),
  owner: existingRole.optional(),
});

export const keyArn = text.refine(
  (value) => /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(value),
  "must be the ARN of a key, for example arn:aws:kms:us-east-1:111122223333:key/... (no alias)",
);

/** Exact: a name, or an ARN without its six characters, could mean another secret. */
const secretArn = text.refine(
  (value) => /^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+-[A-Za-z0-9]{6}$/.test(value),
  "must be the whole ARN of a secret, with the six characters at its end",
);

export const adopted = z.strictObject({ secretName, arn: secretArn, keyArn });

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const eksClusterName = text.refine(
  (name) => /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(name),
  "must be an EKS cluster's name: 1 to 100 letters, digits, hyphens and underscores, beginning with a letter or digit",
);

/** https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters */
const gke = z
  .strictObject({
    projectId: projectId.optional(),
    projectNumber: projectNumber.optional(),
    location: text.refine(
      (name) => /^[a-z]+(-[a-z]+)+\d+(-[a-z])?$/.test(name),
      "must be the cluster's region or zone, for example europe-west3",
    ),
    clusterName: text.refine(
      (name) => /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name),
      "must be a GKE cluster's name: up to 40 lower-case letters, digits and hyphens, beginning with a letter",
    ),
    secretManagerAddOn: z.boolean().optional(),
  })
  .refine(
    (given) => (given.projectId === undefined) === (given.projectNumber === undefined),
    "projectId and projectNumber go together: give both, or none where the cluster is in the workspace's project",
  );

export const cluster = oneOf(["eksIrsa", "eksPodIdentity", "gke"], {
  eksIrsa: z.strictObject({ oidcProviderArn }).optional(),
  eksPodIdentity: z.strictObject({ clusterName: eksClusterName }).optional(),
  gke: gke.optional(),
});

/** A workspace's pods on GKE. */
export const auditedGke = z.strictObject({ projectId, projectNumber, namespace });

export const accessEntries = z.strictObject({ clusterName: eksClusterName });

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects: `system:` is Kubernetes' own. */
const ownName = text
  .refine((name) => !name.startsWith("system:serviceaccount:"), {
    message: "is a ServiceAccount: give it as serviceAccount: { name, namespace }",
    abort: true,
  })
  .refine(
    (name) => !name.startsWith("system:"),
    "begins with system:, as names do that stand for everybody or for parts of the cluster: name your own",
  );

/** DNS subdomain: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const serviceAccountName = text.refine(
  (name) => name.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name),
  "must be a ServiceAccount's name: lower-case letters, digits, hyphens and dots",
);

/** Somebody in Kubernetes. */
export const kubernetesSubject = oneOf(["user", "group", "serviceAccount"], {
  user: ownName.optional(),
  group: ownName.optional(),
  serviceAccount: z.strictObject({ name: serviceAccountName, namespace }).optional(),
});

export const subjectsShape = z.strictObject({
  viewers: z.array(kubernetesSubject).optional(),
  members: z.array(kubernetesSubject).optional(),
  admins: z.array(kubernetesSubject).optional(),
  owners: z.array(kubernetesSubject).optional(),
});

export const workspaceRefShape = z
  .strictObject({
    name: workspaceName,
    organization: text,
    cloud: z.enum(["aws", "gcp"]),
    region: region.optional(),
    replicaRegions: z.array(region).optional(),
    accountId: accountId.optional(),
    projectId: projectId.optional(),
    projectNumber: projectNumber.optional(),
    location: location.optional(),
    prefix: prefix.optional(),
    keyArn: input.optional(),
    adopted: z.array(adopted).optional(),
    namespace: namespace.optional(),
    cluster: cluster.optional(),
    valueReaders: z.array(kubernetesSubject).optional(),
  })
  .refine((ref) => ref.cloud !== "aws" || (ref.region !== undefined && ref.accountId !== undefined), {
    message: "a workspace on aws needs region and accountId",
  })
  .refine((ref) => ref.cloud !== "gcp" || (ref.projectId !== undefined && ref.projectNumber !== undefined), {
    message: "a workspace on gcp needs projectId and projectNumber",
  });
