import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { provisionManifest } from "../components/manifest/provision";
import * as library from "../index";
import { production } from "./support/fixtures";
import { attempt, run } from "./support/mocks";

jest.mock("../components/manifest/provision", () => ({ provisionManifest: jest.fn() }));

test("what the package exports", () => {
  expect(Object.keys(library).sort()).toEqual([
    "AuditTrail",
    "Cloud",
    "Delivery",
    "DeploymentBinding",
    "Freshness",
    "InputError",
    "Listing",
    "MemberKms",
    "ObjectLock",
    "PreviousVersion",
    "ProjectSharing",
    "ReaderService",
    "RestartedBy",
    "Secret",
    "SecretType",
    "Workload",
    "WorkloadKind",
    "Workspace",
    "provisionManifest",
    "roleMatrix",
    "workspaceRef",
  ]);
});

test("a program loads the SDKs of what it uses, when it uses it", async () => {
  // In a process of its own, where nothing is loaded yet.
  const script = `
    const pulumi = require("@pulumi/pulumi");
    const { Workspace, Secret } = require("./index.ts");
    const production = ${JSON.stringify(production)};
    const steps = {
      import: () => {},
      aws: () => new Secret("a", { workspace: new Workspace("production", production).ref, value: "v" }),
      kubernetes: () => new Workspace("other", { ...production, kubernetes: { namespace: "a" } }),
    };
    const sdk = /node_modules.@pulumi.(aws|gcp|kubernetes|azure[a-z-]*).[^.]/;
    const loaded = () => [...new Set(Object.keys(require.cache).flatMap((file) => sdk.exec(file)?.[1] ?? []))].sort();
    const call = () => ({ accountId: "111122223333" });
    const newResource = ({ name, inputs }) => ({ id: name, state: inputs });
    require("@pulumi/pulumi/runtime/resource").registerResourceHook = async () => {};
    pulumi.runtime.setMocks({ call, newResource }).then(() => {
      const found = Object.entries(steps).map(([name, step]) => (step(), [name, loaded()]));
      console.log("LOADED" + JSON.stringify(Object.fromEntries(found)));
    });`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "--eval", script]);
  expect(JSON.parse(stdout.split("LOADED")[1]?.split("\n")[0] as string)).toEqual({
    import: [],
    aws: ["aws"],
    kubernetes: ["aws", "kubernetes"],
  });
}, 30_000);

describe("the root program", () => {
  const program = () => require("../program")();
  const provision = jest.mocked(provisionManifest);

  test("needs a manifest", async () => {
    const { errors } = await attempt(program);
    expect(errors).toEqual(["no manifest: run pulumi config set manifest FILE"]);
  });

  const workload = {
    namespace: "n",
    env: [{ name: "KEY" }],
    envFrom: [],
    volumes: [],
    volumeMounts: [],
    imagePullSecrets: [],
    tlsSecretNames: {},
    podAnnotations: {},
    workloadAnnotations: {},
    serviceAccountName: "",
    readerRoleArn: "r",
    readerServiceAccount: "c-reader",
    ecsSecrets: [],
    lambdaEnvironment: {},
    cloudRunEnv: [],
    restartedBy: "reloader",
    worstCaseStalenessSeconds: 290,
  };
  const cost = { versions: {}, uses: [], estimatedApiCallsPerMonth: 14_400, estimatedMonthlyPrice: 0.12 };
  const workspace = {
    keyArn: "k",
    roleArns: {},
    rotatorRoleArn: "rotator",
    createCommand: "create",
    updateCommand: "update",
    namespace: "n",
    audited: false,
    reducedGuarantees: [],
  };
  const policies = { effectivePermissions: {}, deployerPolicy: "deployer", breakGlassPolicy: "emergency" };
  const trail = { trailArn: "t", bucketName: "b", keyArn: "k", alertTargetArns: {} };
  const secret = { secretId: "s", versionId: "v" };
  const usedBy = [{ secret: "b", fields: [], as: "env", at: "KEY", binding: "c", kind: "tool", namespace: "n" }];

  async function outputs(config: Record<string, string>): Promise<unknown> {
    const more = { unknownToUs: "x", urn: "u" };
    provision.mockResolvedValue({
      auditTrails: { z: { ...trail, ...more } },
      workspaces: { a: { ...workspace, ...policies, ...more } },
      secrets: { "a/b": { ...secret, ...more } },
      bindings: { "a/c": { ...workload, ...cost, ...more } },
      usedBy: { "a/b": usedBy },
    } as never);
    const { result } = await run(program, { config: { "project:manifest": "vantedge.yaml", ...config } });
    expect(provision).toHaveBeenLastCalledWith("vantedge.yaml");
    return result;
  }

  test("gives out ids, names and references, and nothing that is long, empty or of a value", async () => {
    expect(await outputs({})).toEqual({
      auditTrails: { z: { trailArn: "t", bucketName: "b", keyArn: "k" } },
      workspaces: {
        a: {
          keyArn: "k",
          rotatorRoleArn: "rotator",
          createCommand: "create",
          updateCommand: "update",
          namespace: "n",
          audited: false,
        },
      },
      secrets: { "a/b": secret },
      bindings: {
        "a/c": {
          namespace: "n",
          env: [{ name: "KEY" }],
          readerRoleArn: "r",
          readerServiceAccount: "c-reader",
          restartedBy: "reloader",
          worstCaseStalenessSeconds: 290,
        },
      },
    });
  });

  test("gives out all of it where that is asked for", async () => {
    expect(await outputs({ "project:outputs": "full" })).toEqual({
      auditTrails: { z: trail },
      workspaces: { a: { ...workspace, ...policies } },
      secrets: { "a/b": { ...secret, usedBy } },
      bindings: { "a/c": { ...workload, ...cost } },
    });
  });
});

describe("the types", () => {
  const root = path.join(__dirname, "..");
  /** The declarations that a consumer sees, by the file they would be in: made here, since dist may be old. */
  const declarations = new Map<string, string>();

  function declare(file: string): void {
    const name = file.replace(/\.ts$/, ".d.ts").replace(root, path.join(root, "dist"));
    if (declarations.has(name)) return;
    const { outputText } = ts.transpileDeclaration(readFileSync(file, "utf8"), {
      fileName: file,
      compilerOptions: { declaration: true, isolatedDeclarations: true, stripInternal: true },
    });
    declarations.set(name, outputText);
    for (const from of imports(outputText)) {
      if (from.startsWith(".")) declare(`${path.resolve(path.dirname(file), from)}.ts`);
    }
  }

  function imports(text: string): string[] {
    return [...text.matchAll(/(?:from |import\()"([^"]*)"/g)].map(([, from]) => from as string);
  }

  beforeAll(() => declare(path.join(root, "index.ts")));

  test("name no cloud's SDK", () => {
    const imported = [...declarations.values()].flatMap(imports).filter((from) => !from.startsWith("."));
    expect(imported.filter((from) => !["@pulumi/pulumi", "node:util"].includes(from))).toEqual([]);
    expect(declarations.size).toBeGreaterThan(5);
  });

  test("compile for a consumer with every strict flag", () => {
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      noPropertyAccessFromIndexSignature: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      skipLibCheck: true,
      types: ["node"],
    };
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile } = host;
    host.fileExists = (name) =>
      declarations.has(name) || (!name.startsWith(path.join(root, "dist")) && fileExists(name));
    host.readFile = (name) => declarations.get(name) ?? readFile(name);
    const program = ts.createProgram([path.join(root, "test/support/consumer.ts")], options, host);
    const found = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
    expect(found).toEqual([]);
  }, 60_000);
});
