import { firstActions } from "../../components/aws/permissions";
import type { Statement } from "../../components/aws/policyDocument";
import { accountId } from "../support/fixtures";
import { iam, lambdaFunction } from "./support/aws";
import { Project, type Run } from "./support/project";
import { type Asked, decided, distinct, principalOf, RecordedRun } from "./support/recordedRun";
import { requestsDuring } from "./support/requestLog";

/**
 * Every call that the real provider makes at the AWS API is decided with the policies that a workspace gives out.
 * moto lets everybody do everything, so what is recorded is what the program needs.
 */
const first: State = { description: "one", owner: "founders", replicas: [], team: "platform", hours: 1 };
const late: Late = { readers: ["reporting"], intervalDays: 30, listing: "account" };
/** So many that a role's rights need managed policies. */
const replicas = ["eu-west-1", "eu-central-1", "us-west-2"];
const changed: State = { description: "two", owner: "board", replicas, team: "core", hours: 1, late };
/** What was made late is changed too. */
const changedAgain: State = {
  ...changed,
  team: "infra",
  hours: 2,
  late: { readers: [], intervalDays: 7, listing: "none" },
};

interface State {
  description: string;
  owner: string;
  replicas: string[];
  team: string;
  /** Of a member's session. */
  hours: number;
  late?: Late;
}

/** Whatever the first `up` does without: a role that exists, a reader, a rotation, a lockdown, managed policies. */
interface Late {
  readers: string[];
  intervalDays: number;
  listing: string;
}

const rotator = "vantedge-least--rotate";
const existingRole = "auditors-of-vantedge-least";
const issuer = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";

const platform = (state: State) => `
const { Config } = require("@pulumi/pulumi");
const { DeploymentBinding, Secret, Workspace } = require("vantedge-secrets");
const principal = (name) => ({ arn: "arn:aws:iam::${accountId}:role/" + name });
const state = ${JSON.stringify(state)};
const workspace = new Workspace("least", {
  organization: "Acme",
  aws: { region: "us-east-1", accountId: "${accountId}", replicaRegions: state.replicas },
  roles: {
    owners: [principal(state.owner)],
    admins: [principal("leads")],
    members: [principal("developers")],
    viewers: state.late ? [] : [principal("auditors")],
  },
  sessionHours: { members: state.hours },
  deployers: [principal("ci"), { ...principal("reading-ci"), readable: true }],
  breakGlass: state.late ? [principal("security")] : [],
  kubernetes: {
    namespace: "least",
    ...(state.late && { cluster: { eksIrsa: { oidcProviderArn: "arn:aws:iam::${accountId}:oidc-provider/${issuer}" } } }),
  },
  ...(state.late && {
    existingRoles: { viewer: "arn:aws:iam::${accountId}:role/${existingRole}" },
    listing: state.late.listing,
  }),
  tags: { [state.team]: "yes" },
});
const value = new Config().requireSecret("value");
const { ref } = workspace;
const filled = new Secret("filled", { workspace: ref, description: state.description, value, tags: { [state.team]: "x" } });
new Secret("empty", { workspace: ref, recoveryWindowInDays: 0 });
new Secret("rotated", {
  workspace: ref,
  value: "first",
  ...(state.late && {
    rotation: {
      lambdaArn: "arn:aws:lambda:us-east-1:${accountId}:function:${rotator}",
      intervalDays: state.late.intervalDays,
    },
  }),
});
if (state.late) {
  new Secret("late", {
    workspace: ref,
    value,
    lockdown: {
      deployers: [principal("ci"), principal("reading-ci")],
      readers: ["reading-ci", ...state.late.readers].map(principal),
    },
  });
}
new DeploymentBinding("agent", {
  workspace: ref,
  delivery: "native",
  env: { KEY: { secret: "filled" } },
  values: { filled: { value, versionId: filled.versionId } },
});
`;

const member = (description: string, team: string) => `organization: Acme
cloud:
  aws:
    region: us-east-1
    accountId: "${accountId}"
    assumeRoleArn: "arn:aws:iam::${accountId}:role/vantedge/least/vantedge-least-member"
secrets:
  - { name: team-key, workspace: least, value: { config: value }, description: "${description}", tags: { ${team}: "x" } }
  - { name: team-empty, workspace: least }
`;

const recorded = new RecordedRun();
let platformStack: Project;
let memberStack: Project;
beforeAll(async () => {
  await lambdaFunction(rotator);
  await iam("CreateRole", {
    RoleName: existingRole,
    AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
  });
  platformStack = await Project.ofProgram("least", platform(first), { value: "canary" });
  memberStack = await Project.ofManifest("member", member("one", "platform"), { value: "canary" });
});
afterAll(async () => {
  await memberStack.forget();
  await platformStack.forget();
});

/** What IAM is asked while the work runs, besides who may take the member's role: its trust policy decides that. */
async function askedDuring(work: () => Promise<Run>): Promise<Asked[]> {
  const { result, requests } = await requestsDuring(work);
  expect(result).toMatchObject({ exitCode: 0, errors: [] });
  return recorded.follow(requests.filter(({ action }) => action !== "AssumeRole"));
}

const asDeployer: Record<string, Asked[]> = {};
const asMember: Record<string, Asked[]> = {};
/** A role's own policies, and those that are attached to it. */
const policyTypes = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"];
let memberDocuments: string[];
let policies: { deployerPolicy: string; breakGlassPolicy: string };

test("a deployer makes a workspace with secrets and a binding, and changes all of it", async () => {
  asDeployer.preview = await askedDuring(() => platformStack.preview());
  asDeployer.up = await askedDuring(() => platformStack.up());
  await platformStack.configure("value", "canary-changed");
  asDeployer.value = await askedDuring(() => platformStack.up());
  platformStack.write("index.js", platform(changed));
  asDeployer.changes = await askedDuring(() => platformStack.up());
  platformStack.write("index.js", platform(changedAgain));
  asDeployer.changesAgain = await askedDuring(() => platformStack.up());
  asDeployer.refresh = await askedDuring(() => platformStack.refresh());
  const { resources } = await platformStack.export();
  memberDocuments = resources
    .filter(({ urn, type }) => urn.includes("::least-member-") && policyTypes.includes(type))
    .map(({ outputs }) => outputs?.policy as string);
  policies = resources.find(({ type }) => type === "vantedge-secrets:index:Workspace")?.outputs as typeof policies;
});

test("a member makes secrets in it from a stack that holds nothing else, and changes and deletes them", async () => {
  asMember.preview = await askedDuring(() => memberStack.preview());
  asMember.up = await askedDuring(() => memberStack.up());
  await memberStack.configure("value", "canary-changed");
  asMember.value = await askedDuring(() => memberStack.up());
  memberStack.write("vantedge.yaml", member("two", "platform"));
  asMember.description = await askedDuring(() => memberStack.up());
  memberStack.write("vantedge.yaml", member("two", "core"));
  asMember.tags = await askedDuring(() => memberStack.up());
  asMember.refresh = await askedDuring(() => memberStack.refresh());
  asMember.destroy = await askedDuring(() => memberStack.destroy());
});

test("the deployer destroys what is left", async () => {
  asDeployer.destroy = await askedDuring(() => platformStack.destroy());
});

/**
 * What reads a value. The provider of the local cloud is Terraform's 5.100, which reads back what it has written; from
 * https://github.com/hashicorp/terraform-provider-aws/pull/44876 on it lists versions instead. A region that is added to
 * a secret with a value gets a copy, decrypted as the caller.
 */
const decryptsBack = "kms:Decrypt for secretsmanager:GetSecretValue";
const decryptsCopied = "kms:Decrypt for secretsmanager:ReplicateSecretToRegions";
const readsBack = "secretsmanager:GetSecretValue";

/** What the program needs an answer to. */
const needed = (steps: Record<string, Asked[]>) =>
  distinct(Object.values(steps).flat()).filter(({ toleratedBecause }) => toleratedBecause === undefined);

describe("the deployer's policy", () => {
  test("allows every call from the first preview to destroy, but those that read a value", async () => {
    const asked = needed(asDeployer);
    process.stdout.write(`${asked.length} distinct questions to IAM decided for a deployer\n`);
    expect(asked.length).toBeGreaterThan(100);
    const { denied } = await decided(asked, principalOf("ci", policies.deployerPolicy));
    expect(denied).toEqual([decryptsBack, decryptsCopied, readsBack]);
  });

  test("allows those too, with the break-glass policy beside it, to a deployer that is readable", async () => {
    const both = [policies.deployerPolicy, policies.breakGlassPolicy];
    expect((await decided(needed(asDeployer), principalOf("reading-ci", ...both))).denied).toEqual([]);
  });

  test("and to no other: the key's policy and the lockdown know who is readable", async () => {
    const both = [policies.deployerPolicy, policies.breakGlassPolicy];
    const { denied } = await decided(needed(asDeployer), principalOf("ci", ...both));
    expect(denied).toEqual([decryptsBack, decryptsCopied, readsBack]);
  });

  test("allows none of it in another workspace but to list the account's aliases", async () => {
    const elsewhere = needed(asDeployer).map(inAnotherWorkspace);
    for (const name of ["ci", "reading-ci"]) {
      const principal = principalOf(name, policies.deployerPolicy, policies.breakGlassPolicy);
      expect((await decided(elsewhere, principal)).allowed).toEqual(["kms:ListAliases"]);
    }
  });

  const statements = () =>
    (JSON.parse(policies.deployerPolicy).Statement as Statement[]).filter(({ Effect }) => Effect === "Allow");
  const actionsOf = ({ Action }: Statement) => [Action].flat();

  test("allows little that the run above doesn't need, and each for a reason", () => {
    const used = new Set(
      Object.values(asDeployer)
        .flat()
        .map(({ action }) => action),
    );
    const actions = new Set(statements().flatMap(actionsOf));
    expect([...actions].filter((action) => !used.has(action)).sort()).toEqual(Object.values(forLater).flat().sort());
  });

  test("needs each of its statements", async () => {
    const idle: string[] = [];
    for (const dropped of statements()) {
      const asked = needed(asDeployer).filter(({ action }) => actionsOf(dropped).includes(action));
      const left = JSON.stringify({
        Version: "2012-10-17",
        Statement: statements().filter(({ Sid }) => Sid !== dropped.Sid),
      });
      const [before, after] = [policies.deployerPolicy, left].map((policy) =>
        decided(asked, principalOf("ci", policy)),
      );
      if ((await after)?.denied.length === (await before)?.denied.length) idle.push(dropped.Sid);
    }
    expect(idle).toEqual([]);
  });

  test("what the preview's warning asks for is what the first up needs", () => {
    const used = new Set((asDeployer.up as Asked[]).map(({ action }) => action));
    const besides = ["iam:SimulatePrincipalPolicy", readsBack];
    expect([...used].filter((action) => !besides.includes(action)).sort()).toEqual([...firstActions].sort());
  });
});

/** What a deployer may need one day. */
const forLater = {
  "a key or secret that is brought back from its deletion": [
    "kms:CancelKeyDeletion",
    "kms:EnableKey",
    "secretsmanager:RestoreSecret",
  ],
  "descriptions of a new version of this package, a key that is replaced": [
    "iam:UpdateRoleDescription",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
  ],
};

describe("the member's documents", () => {
  const member = () => principalOf("vantedge/least/vantedge-least-member", ...memberDocuments);

  test("allow every call of a stack that holds only secrets, but those that read a value or change a description", async () => {
    const asked = needed(asMember);
    process.stdout.write(`${asked.length} distinct questions to IAM decided for a member\n`);
    expect(asked.length).toBeGreaterThan(20);
    expect((await decided(asked, member())).denied).toEqual([decryptsBack, readsBack, "secretsmanager:UpdateSecret"]);
  });

  test("deny to look for a name that is free, where the program goes on", async () => {
    const tolerated = distinct(Object.values(asMember).flat()).filter(({ toleratedBecause }) => toleratedBecause);
    expect(await decided(tolerated, member())).toEqual({
      allowed: [],
      denied: ["secretsmanager:ListSecretVersionIds"],
    });
  });

  test("allow none of it in another workspace", async () => {
    expect((await decided(needed(asMember).map(inAnotherWorkspace), member())).allowed).toEqual([]);
  });
});

/** The same question about a workspace whose name begins alike, and its key. */
function inAnotherWorkspace(asked: Asked): Asked {
  const { resource, context, resourcePolicy } = asked;
  const moved = JSON.stringify({ resource, context, resourcePolicy: resourcePolicy ?? null })
    .replaceAll("vantedge/least/", "vantedge/least-eu/")
    .replaceAll("vantedge-least", "vantedge-least-eu")
    .replaceAll('"aws:RequestTag/vantedge-workspace":"least"', '"aws:RequestTag/vantedge-workspace":"least-eu"')
    .replaceAll('"aws:ResourceTag/vantedge-workspace":"least"', '"aws:ResourceTag/vantedge-workspace":"least-eu"')
    .replace(/:key\/[0-9a-f]{8}/g, ":key/99999999");
  return {
    ...asked,
    ...(JSON.parse(moved) as Pick<Asked, "resource" | "context">),
    resourcePolicy: JSON.parse(moved).resourcePolicy ?? undefined,
  };
}
