import fc from "fast-check";
import { isolationDocument, keyDocument } from "../../../components/aws/iam";
import type { Statement } from "../../../components/aws/policyDocument";
import { readerName, readerPath } from "../../../components/aws/readerNames";
import {
  clusterFaults,
  readerAccess,
  readerDocument,
  readerFaults,
  readerGuard,
  readerTrust,
} from "../../../components/aws/readerPolicies";
import type { ReaderHolder } from "../../../components/backend";
import { ReaderService } from "../../../components/binding/readerArgs";
import { isSecretName, isWorkspaceName } from "../../../components/names";
import { type WorkspaceRef, withDefaults } from "../../../components/workspaceRef";
import { isAllowed } from "../../support/decide";
import { accountId, ref } from "../../support/fixtures";

const workspace = withDefaults({ ...ref, namespace: "apps" });
const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/${name}`;
const scope = { workspace: "production", prefix: "vantedge", accountId, regions: ["us-east-1"], adopted: [] };
const statements = (document: string): Statement[] => JSON.parse(document).Statement;
const named = (count: number) => Array.from({ length: count }, (_, index) => `a-secret-of-usual-${100 + index}`);

const documents = (secretNames: string[], of: WorkspaceRef = workspace) =>
  readerAccess({ workspace: of, secretNames }).grants.map((grant) => readerDocument(of, grant, keyArn));

describe("access", () => {
  test("is to read exactly the bound secrets, of this workspace, and to decrypt for no other", () => {
    const [document] = documents(["postgres", "openai"]);
    const bound = [arn("openai-??????"), arn("postgres-??????")];
    expect(statements(document as string)).toEqual([
      {
        Sid: "ReadBound",
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        Resource: bound,
        Condition: { StringEquals: { "aws:ResourceTag/vantedge-workspace": "production" } },
      },
      {
        Sid: "KeyReadBound",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: keyArn,
        Condition: {
          StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
          StringLike: { "kms:EncryptionContext:SecretARN": bound },
        },
      },
    ]);
  });

  test("has no listing, no batch, no wildcard in an action, and no resource that is everything", () => {
    for (const count of [1, 60, 200]) {
      for (const { Effect, Action, Resource } of documents(named(count)).flatMap(statements)) {
        expect(Effect).toBe("Allow");
        expect([Action].flat().filter((action) => /List|Batch|Put|Random|[*?]/.test(action))).toEqual([]);
        expect([Resource].flat().filter((resource) => resource?.includes("*"))).toEqual([]);
      }
    }
  });

  test("a name that ends like an ARN keeps an ending of its own: never a partial ARN", () => {
    expect(statements(documents(["jwt-secret"])[0] as string)[0]?.Resource).toBe(arn("jwt-secret-??????"));
  });

  test("does not hang on the order of the references", () => {
    expect(documents(["b", "c", "a"])).toEqual(documents(["a", "b", "c"]));
  });

  test("is in the home region, with replicas too, and the guard denies the rest", () => {
    const replicated = { ...workspace, replicaRegions: ["eu-west-1"] };
    expect(documents(["openai"], replicated)).toEqual(documents(["openai"]));
    expect(readerGuard({ workspace: replicated, secretNames: ["openai"] }, keyArn)).toBe(
      isolationDocument(scope, [keyArn]),
    );
  });

  test("the key's policy lets the reader decrypt", () => {
    const role = `arn:aws:iam::${accountId}:role${readerPath("production")}${readerName("production", "agent")}`;
    const { Condition } = statements(keyDocument(scope, "validate-only", {}, [])).find(
      ({ Sid }) => Sid === "DenyDecryptToAllButReaders",
    ) as Statement;
    const readers = Condition?.ArnNotLike?.["aws:PrincipalArn"] as string[];
    expect(readers.filter((pattern) => matches(pattern, role))).toEqual([
      `arn:aws:iam::${accountId}:role/vantedge/production/workload/*`,
    ]);
  });
});

describe("adopted secrets", () => {
  const key = (id: string) => `arn:aws:kms:us-east-1:${accountId}:key/${id}`;
  const outside = (name: string) => `arn:aws:secretsmanager:us-east-1:${accountId}:secret:${name}-AbCdEf`;
  const adopting = {
    ...workspace,
    adopted: [
      { secretName: "legacy", arn: outside("old/legacy"), keyArn: key("old") },
      { secretName: "not-bound", arn: outside("old/other"), keyArn: key("other") },
    ],
  };

  test("are read by their exact ARN, with their key; those that are not bound stay behind the guard", () => {
    const facts = { workspace: adopting, secretNames: ["openai", "legacy"] };
    const [read, decrypt] = statements(documents(facts.secretNames, adopting)[0] as string);
    const bound = [outside("old/legacy"), arn("openai-??????")];
    expect(read?.Resource).toEqual(bound);
    expect(decrypt?.Resource).toEqual([keyArn, key("old")]);
    expect(decrypt?.Condition?.StringLike).toEqual({ "kms:EncryptionContext:SecretARN": bound });
    const guard = statements(readerGuard(facts, keyArn));
    expect(guard.flatMap(({ NotResource }) => NotResource ?? [])).toEqual([
      arn("*"),
      outside("old/legacy"),
      keyArn,
      key("old"),
      arn("*"),
      arn("*"),
    ]);
  });

  test("are named for the key in a policy that has no room for the rest, and in no other policy", () => {
    const all = documents([...named(100), "legacy"], adopting).map(statements);
    expect(all.map(([, decrypt]) => decrypt?.Condition?.StringLike?.["kms:EncryptionContext:SecretARN"])).toEqual([
      arn("*-??????"),
      arn("*-??????"),
      [arn("*-??????"), outside("old/legacy")],
    ]);
    expect(all.map(([, decrypt]) => decrypt?.Resource)).toEqual([keyArn, keyArn, [keyArn, key("old")]]);
  });

  test("whose ARNs are too long for the guard are refused", () => {
    const adopted = named(30).map((secretName) => ({
      secretName,
      arn: outside(`${"x".repeat(400)}/${secretName}`),
      keyArn: key("old"),
    }));
    expect(readerFaults({ workspace: { ...workspace, adopted }, secretNames: named(30) })).toEqual([
      {
        path: [],
        message:
          "binds 30 secrets, and the ARNs of the adopted ones among them are too long for the 10240 characters of a role's guard: make it several bindings",
      },
    ]);
    expect(readerFaults({ workspace: { ...workspace, adopted }, secretNames: named(10) })).toEqual([]);
  });
});

/** As IAM matches: `*` any characters, `?` one. */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}

const secretName = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/).filter(isSecretName);
const suffix = fc.stringMatching(/^[A-Za-z0-9]{6}$/);

test("what opens one secret opens no other, however alike their names are", () => {
  const ending = fc.stringMatching(/^-[a-z0-9]{6}$/);
  const pair = fc.oneof(
    fc.tuple(secretName, secretName),
    fc.tuple(secretName, ending).map(([name, more]) => [name, name + more] as const),
    fc.tuple(secretName, ending).map(([name, more]) => [name + more, name] as const),
  );
  fc.assert(
    fc.property(pair, suffix, ([bound, other], six) => {
      const [read] = statements(documents([bound])[0] as string);
      expect(matches(read?.Resource as string, arn(`${bound}-${six}`))).toBe(true);
      expect(matches(read?.Resource as string, arn(`${other}-${six}`))).toBe(bound === other);
    }),
    { numRuns: 1000 },
  );
});

describe("room", () => {
  /** Policies, the most secrets in one, and whether the key's list is exact. */
  const shape = (secretNames: string[], of: WorkspaceRef = workspace) => {
    const { attached, grants } = readerAccess({ workspace: of, secretNames });
    const exact = grants.every(({ secrets, decrypted }) => decrypted === secrets);
    return [attached ? "attached" : "own", grants.map(({ secrets }) => secrets.length).join("+"), exact] as const;
  };

  test.each([
    [1, "own", "1", true],
    [20, "own", "20", true],
    [35, "own", "35", false],
    [60, "own", "60", false],
    [85, "attached", "35+35+15", false],
    [105, "attached", "35+35+35", false],
    [106, "attached", "35+35+35+1", false],
    [300, "attached", "35+35+35+35+35+35+35+35+20", false],
  ] as const)("%i secrets are in %s policies of %s", (count, where, sizes, exact) => {
    expect(shape(named(count))).toEqual([where, sizes, exact]);
    expect(readerFaults({ workspace, secretNames: named(count) })).toEqual([]);
  });

  test("a role's own policy holds as many as fit beside the guard, and the key's exact list where that fits too", () => {
    const guard = readerGuard({ workspace, secretNames: [] }, keyArn).length;
    const bound = (count: number) => named(count).map((name) => arn(`${name}-??????`));
    const fits = (secrets: string[], decrypted: string[]) =>
      readerDocument(workspace, { secrets, decrypted, otherKeys: [] }, keyArn).length + guard <= 10_240;
    const found = Array.from({ length: 110 }, (_, index) => shape(named(index + 1)));
    expect(found.map(([where]) => where === "own")).toEqual(
      found.map((_, index) => fits(bound(index + 1), [arn("*-??????")])),
    );
    expect(found.map(([, , exact]) => exact)).toEqual(
      found.map((_, index) => fits(bound(index + 1), bound(index + 1))),
    );
    expect(new Set(found.map(([where, , exact]) => `${where} ${exact}`)).size).toBe(3);
  });

  test("where the exact list has no room, the key decrypts for the workspace's secrets, and only they are read", () => {
    for (const count of [60, 106]) {
      const all = documents(named(count)).map(statements);
      expect(all.flatMap(([read]) => read?.Resource)).toEqual(named(count).map((name) => arn(`${name}-??????`)));
      for (const [, decrypt] of all) {
        expect(decrypt?.Condition?.StringLike).toEqual({ "kms:EncryptionContext:SecretARN": arn("*-??????") });
      }
    }
  });

  test("301 secrets are refused", () => {
    expect(readerFaults({ workspace, secretNames: named(301) })).toEqual([
      { path: [], message: "binds 301 secrets; one identity reads at most 300: make it several bindings" },
    ]);
  });

  const wide = { ...workspace, name: "w".repeat(32), prefix: "p".repeat(63), region: "us-gov-west-1" };
  const long = (count: number) => named(count).map((name) => name.padStart(63, "x"));

  test.each([
    [230, 10, []],
    [231, 11, ["binds 231 secrets, whose names are too long for the 10 policies of a role: make it several bindings"]],
  ])("with the longest names there is room for 230: %i", (count, policies, messages) => {
    expect(documents(long(count), wide).length).toBe(policies);
    expect(readerFaults({ workspace: wide, secretNames: long(count) }).map(({ message }) => message)).toEqual(messages);
  });

  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  test("every document fits, and together they hold each secret once", () => {
    const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/).filter(isWorkspaceName);
    const names = fc.oneof(
      fc.uniqueArray(secretName, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 60, max: 300 }).map(named),
      fc.integer({ min: 20, max: 230 }).map(long),
    );
    const region = fc.constantFrom("us-east-1", "ap-southeast-1", "us-gov-west-1");
    fc.assert(
      fc.property(name, secretName, region, names, (ws, prefix, where, secretNames) => {
        const of = { ...workspace, name: ws, prefix, region: where };
        const key = keyArn.replace("us-east-1", where).replace("arn:aws:", `arn:${partition(where)}:`);
        const { attached, grants } = readerAccess({ workspace: of, secretNames });
        const sizes = grants.map((grant) => readerDocument(of, grant, key).length);
        const guard = readerGuard({ workspace: of, secretNames }, key).length;
        if (attached) expect(Math.max(...sizes)).toBeLessThanOrEqual(6_144);
        else expect((sizes[0] as number) + guard).toBeLessThanOrEqual(10_240);
        expect(Math.max(...grants.map(({ secrets }) => (attached ? secrets.length : 0)))).toBeLessThanOrEqual(35);
        const read = grants.flatMap(({ secrets }) => secrets.map((one) => one.split("/").at(-1)));
        expect(read).toEqual([...secretNames].sort().map((one) => `${one}-??????`));
      }),
      { numRuns: 200 },
    );
  });
});

function partition(region: string): string {
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

describe("trust", () => {
  const issuer = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
  const spec = (cluster: WorkspaceRef["cluster"], more: Partial<WorkspaceRef> = {}) => ({
    workspace: { ...workspace, cluster, ...more },
    binding: "agent",
    holder: { serviceAccount: "agent-reader" },
    secretNames: ["openai"],
  });
  const heldBy = (holder: ReaderHolder, more: Partial<WorkspaceRef> = {}) => ({ ...spec(undefined, more), holder });

  test.each([
    ["EKS", issuer],
    ["k3s", "k3s.example.com"],
    ["an issuer with a path", "keys.example.com/clusters/kind-1"],
  ])("with IRSA: one ServiceAccount of one cluster, by exact subject and audience: %s", (_, issuer) => {
    const oidcProviderArn = `arn:aws:iam::${accountId}:oidc-provider/${issuer}`;
    expect(clusterFaults(spec({ eksIrsa: { oidcProviderArn } }).workspace)).toEqual([]);
    expect(statements(readerTrust(spec({ eksIrsa: { oidcProviderArn } })))).toEqual([
      {
        Sid: "ServiceAccountByIrsa",
        Effect: "Allow",
        Principal: { Federated: oidcProviderArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: "system:serviceaccount:apps:agent-reader",
          },
        },
      },
    ]);
  });

  test.each([
    ["us-east-1", "aws"],
    ["us-gov-west-1", "aws-us-gov"],
    ["cn-north-1", "aws-cn"],
  ])("with Pod Identity: one ServiceAccount of one cluster of %s, through this account", (region, of) => {
    expect(statements(readerTrust(spec({ eksPodIdentity: { clusterName: "main" } }, { region })))).toEqual([
      {
        Sid: "ServiceAccountByPodIdentity",
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": accountId,
            "aws:RequestTag/eks-cluster-arn": `arn:${of}:eks:${region}:${accountId}:cluster/main`,
            "aws:RequestTag/kubernetes-namespace": "apps",
            "aws:RequestTag/kubernetes-service-account": "agent-reader",
          },
        },
      },
    ]);
  });

  test("of a role: it alone, by the identifier that IAM puts in place of its ARN", () => {
    const roleArn = `arn:aws:iam::${accountId}:role/edge/gateway`;
    expect(statements(readerTrust(heldBy({ roleArn })))).toEqual([
      { Sid: "Role", Effect: "Allow", Principal: { AWS: roleArn }, Action: "sts:AssumeRole" },
    ]);
  });

  test.each([
    [ReaderService.EcsTasks, "ecs-tasks.amazonaws.com", "us-east-1"],
    [ReaderService.Lambda, "lambda.amazonaws.com", "us-east-1"],
    [ReaderService.Lambda, "lambda.amazonaws.com", "cn-north-1"],
  ])("of %s: the service, for this account only", (service, principal, region) => {
    expect(statements(readerTrust(heldBy({ service }, { region })))).toEqual([
      {
        Sid: "Service",
        Effect: "Allow",
        Principal: { Service: principal },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ]);
  });

  const account = `must be a role of the workspace's account: arn:aws:iam::${accountId}:role/ and its name`;
  const made = "is a role that a workspace made, for people or a reader: name the workload's own role";
  test.each([
    ["of the account", `arn:aws:iam::${accountId}:role/gateway`, undefined],
    ["with a path", `arn:aws:iam::${accountId}:role/edge/vantedge/gateway`, undefined],
    ["of a name that begins like our path", `arn:aws:iam::${accountId}:role/vantedge-gateway`, undefined],
    ["of another account", "arn:aws:iam::999900001111:role/gateway", account],
    ["of another partition", `arn:aws-cn:iam::${accountId}:role/gateway`, account],
    ["of a workspace", `arn:aws:iam::${accountId}:role/vantedge/production/vantedge-production-member`, made],
    ["that is a reader", `arn:aws:iam::${accountId}:role/vantedge/eu/workload/vantedge-eu--agent`, made],
  ])("a role %s", (_, roleArn, message) => {
    const faults = message === undefined ? [] : [{ path: ["reader", "roleArn"], message }];
    expect(readerFaults(heldBy({ roleArn }))).toEqual(faults);
  });
});

describe("guard", () => {
  const functions = `arn:aws:lambda:us-east-1:${accountId}:function:`;
  const ofFunction = (arn: string) => ({ "kms:EncryptionContext:aws:lambda:FunctionArn": arn });
  const foreignKey = keyArn.replace("1234abcd", "9999abcd");
  const image = `arn:aws:ecr:us-east-1:${accountId}:repository/agent`;
  const log = `arn:aws:logs:us-east-1:${accountId}:log-group:agent:log-stream:one`;
  const otherSecret = arn("openai-AbCdEf").replace("/production/", "/production-eu/");
  const pods = { serviceAccount: "agent-reader" };
  const [ecs, lambda] = [{ service: ReaderService.EcsTasks }, { service: ReaderService.Lambda }];
  const via = { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" };

  const open = { Effect: "Allow", Action: "*", Resource: "*" };
  const everything = JSON.stringify({ Version: "2012-10-17", Statement: [open] });
  const account = { AWS: `arn:aws:iam::${accountId}:root` };
  const openKey = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...open, Principal: account }] });

  /** With everything else attached that an account has to give. */
  const allows = (holder: ReaderHolder, action: string, resource: string, context = {}) => {
    const facts = { workspace, secretNames: ["openai"], holder };
    const principal = { arn: `arn:aws:iam::${accountId}:role/r`, policies: [everything, readerGuard(facts, keyArn)] };
    // A key decides for itself whether its account decides.
    return isAllowed(principal, { action, resource, context }, action.startsWith("kms:") ? openKey : undefined);
  };

  // biome-ignore format: a table
  test.each([
    ["tasks of ECS pull their image",                     true,  ecs,    "ecr:BatchGetImage",            image,       {}],
    ["tasks of ECS write their log",                      true,  ecs,    "logs:PutLogEvents",            log,         {}],
    ["tasks of ECS read what is bound",                   true,  ecs,    "secretsmanager:GetSecretValue", arn("openai-AbCdEf"), {}],
    ["tasks of ECS read nothing of another workspace",    false, ecs,    "secretsmanager:GetSecretValue", otherSecret, {}],
    ["a function writes its log",                         true,  lambda, "logs:PutLogEvents",            log,         {}],
    ["a function reads nothing of another workspace",     false, lambda, "secretsmanager:GetSecretValue", otherSecret, {}],
    ["a function decrypts what is bound",                 true,  lambda, "kms:Decrypt",                  keyArn,      via],
    ["a function's variables are decrypted",              true,  lambda, "kms:Decrypt",                  foreignKey,  ofFunction(`${functions}any-name`)],
    ["with another key it decrypts nothing else",         false, lambda, "kms:Decrypt",                  foreignKey,  via],
    ["it decrypts nothing of another account's function", false, lambda, "kms:Decrypt",                  foreignKey,  ofFunction(functions.replace(accountId, "999900001111"))],
    ["it decrypts nothing of another region's function",  false, lambda, "kms:Decrypt",                  foreignKey,  ofFunction(functions.replace("us-east-1", "eu-west-1"))],
    ["pods decrypt no function's variables",              false, pods,   "kms:Decrypt",                  foreignKey,  ofFunction(`${functions}any-name`)],
    ["tasks of ECS decrypt no function's variables",      false, ecs,    "kms:Decrypt",                  foreignKey,  ofFunction(`${functions}any-name`)],
    ["a function rotates by the workspace's functions only", false, lambda, "secretsmanager:RotateSecret", arn("openai-AbCdEf"), { "secretsmanager:RotationLambdaARN": `${functions}any-name` }],
  ] as const)("%s", async (_, expected, holder, action, resource, context) => {
    expect(await allows(holder, action, resource, context)).toBe(expected);
  });

  test("is the same for all who are no function", () => {
    const facts = { workspace, secretNames: ["openai"] };
    const guards = [pods, ecs, { roleArn: `arn:aws:iam::${accountId}:role/gateway` }].map((holder) =>
      readerGuard({ ...facts, holder }, keyArn),
    );
    expect(guards).toEqual(Array(3).fill(readerGuard(facts, keyArn)));
  });
});
