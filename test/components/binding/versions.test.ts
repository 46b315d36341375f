import * as pulumi from "@pulumi/pulumi";
import { DeploymentBinding, type DeploymentBindingArgs, Secret, type SecretArgs, Workspace } from "../../../index";
import { irsa } from "../../support/bindings";
import { production } from "../../support/fixtures";
import { attempt, type Calls, run } from "../../support/mocks";

const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";
const getSecret = "aws:secretsmanager/getSecret:getSecret";

/** As the engine hands over what the provider says. */
const fails = (said: string) => () => {
  throw Object.assign(new Error(), { details: said });
};
/** A cloud with these secrets, each with this current version; undefined for one without a value. */
const cloud = (secrets: Record<string, string | undefined>): Calls => {
  const known = (id: string) => id.replace("vantedge/production/", "");
  return {
    [getVersions]: ({ secretId }) => {
      const name = known(secretId as string);
      if (!(name in secrets)) return fails("ResourceNotFoundException")();
      const versionId = secrets[name];
      return { versions: versionId === undefined ? [] : [{ versionId, versionStages: ["AWSCURRENT"] }] };
    },
    [getSecret]: ({ name }) =>
      known(name as string) in secrets
        ? { arn: "arn" }
        : fails("reading Secrets Manager Secret: couldn't find resource")(),
  };
};

const bind = (secret: string, more: Partial<DeploymentBindingArgs> = {}, opts: pulumi.ComponentResourceOptions = {}) =>
  new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret } }, ...more }, opts).versions;
const mine = (name: string, args: Partial<SecretArgs> = {}) => new Secret(name, { workspace: irsa, ...args });

describe("the version that a binding means", () => {
  test.each<[string, () => unknown, Record<string, string | undefined>, Record<string, string>]>([
    ["of another program's secret is the current one", () => bind("a"), { a: "v-2" }, { a: "v-2" }],
    ["of a secret without a value is none", () => bind("a"), { a: undefined }, { a: "none" }],
    [
      "of a secret that the program writes is the current one, which somebody may have put in since",
      () => bind("a", {}, { dependsOn: [mine("a", { value: "v" })] }),
      { a: "v-2" },
      { a: "v-2" },
    ],
    [
      "does not need dependsOn",
      () => {
        mine("a", { value: "v" });
        return bind("a");
      },
      { a: "v-2" },
      { a: "v-2" },
    ],
    [
      "does not need the Secret to come first",
      () => {
        const versions = bind("a");
        mine("a", { value: "v" });
        return versions;
      },
      {},
      { a: "version-of-a-version" },
    ],
    [
      "of a secret that the program does not know although it has others is the current one",
      () => {
        mine("a", { value: "v" });
        return bind("b");
      },
      { b: "v-1" },
      { b: "v-1" },
    ],
  ])("%s", async (_, program, secrets, expected) => {
    expect(await run(program, { calls: cloud(secrets) })).toMatchObject({ result: expected, logs: [] });
  });

  test("is asked once for all bindings of a secret", async () => {
    const { calls } = await run(
      () => {
        for (const name of ["one", "two"])
          new DeploymentBinding(name, { workspace: irsa, env: { A: { secret: "a" } } });
      },
      { calls: cloud({ a: "v" }) },
    );
    expect(calls.filter(({ token }) => token === getVersions)).toHaveLength(1);
  });

  test("is not asked for what is read at run time, unless its name may be a mistake", async () => {
    const reads = { env: {}, secrets: ["a"] };
    expect((await run(() => bind("a", reads), { calls: {} })).calls).toEqual([
      expect.objectContaining({ token: expect.not.stringContaining("secretsmanager") }),
    ]);
    const { errors } = await attempt(
      () => {
        mine("ab");
        bind("a", reads);
      },
      { calls: cloud({ ab: undefined }) },
    );
    expect(errors).toEqual([
      'DeploymentBinding "agent": there is no secret "a" in workspace "production": take one of ab',
    ]);
  });

  test("is not known in a preview while it is not written", async () => {
    const program = () => bind("a", {}, { dependsOn: [mine("a", { value: "v" })] });
    const { calls, errors } = await attempt(program, { calls: cloud({}), preview: true });
    expect(errors).toEqual([]);
    expect(calls.map(({ token }) => token)).not.toContain(getVersions);
  });
});

describe("a secret that is not there", () => {
  test.each<[string, () => unknown, string]>([
    [
      "nearly has the name of one of the program's",
      () => bind("a-kye", {}, { dependsOn: [mine("a-key", { value: "v" })] }),
      'there is no secret "a-kye" in workspace "production": did you mean "a-key"?',
    ],
    [
      "has another name than those of the program",
      () => {
        mine("a");
        mine("b");
        bind("other");
      },
      'there is no secret "other" in workspace "production": take one of a, b',
    ],
    [
      "is one of another workspace",
      () => {
        const other = { ...irsa, name: "development" };
        bind("b-key", {}, { dependsOn: [new Secret("b-key", { workspace: other, value: "v" })] });
      },
      'env.A: secret "b-key" is of workspace "development", and this binding is of "production", which can\'t reach it: bind it there, or make one here',
    ],
  ])("and %s is refused", async (_, program, message) => {
    for (const preview of [true, false]) {
      const { errors } = await attempt(program, { calls: cloud({ "a-key": "v", a: "v", b: "v" }), preview });
      expect(errors).toEqual([`DeploymentBinding "agent": ${message}`]);
    }
  });

  test("is refused in the first preview of its workspace, which the program makes with its secrets", async () => {
    const program = () => {
      const { ref } = new Workspace("production", {
        ...production,
        kubernetes: { namespace: "apps", cluster: irsa.cluster as never },
      });
      const key = new Secret("a-key", { workspace: ref, value: "v" });
      bind("a-kye", { workspace: ref }, { dependsOn: [key] });
    };
    const { errors } = await attempt(program, { calls: cloud({}), preview: true });
    expect(errors).toEqual([
      'DeploymentBinding "agent": there is no secret "a-kye" in workspace "production": did you mean "a-key"?',
    ]);
  });

  test("may be another program's: then it is said, and the pods wait", async () => {
    for (const preview of [true, false]) {
      const { result, logs } = await run(() => bind("a"), { calls: cloud({}), preview });
      expect(result).toEqual({ a: "none" });
      expect(logs).toEqual([
        'warning: [runtime] DeploymentBinding "agent": there is no secret "a" in workspace "production" yet: pods wait until somebody makes it',
      ]);
    }
  });

  test("may be about to be made by what the binding waits for", async () => {
    class Other extends pulumi.CustomResource {}
    const program = () => bind("a", {}, { dependsOn: [new Other("other:index:Maker", "maker", {})] });
    const { errors, logs } = await attempt(program, { calls: cloud({}), preview: true });
    expect([errors, logs]).toEqual([[], []]);
  });

  test("can't be told from one whose versions may not be listed", async () => {
    const calls = { [getVersions]: fails("AccessDeniedException") };
    const { errors } = await attempt(() => bind("a"), { calls });
    expect(errors).toEqual([
      'secret "a" of workspace "production": the credentials may not do secretsmanager:ListSecretVersionIds: allow it to whoever runs pulumi up',
    ]);
  });
});

describe("a binding that keeps an older version says so at each update", () => {
  const pin = "1".repeat(36);
  const versions: Calls = {
    [getVersions]: () => ({
      versions: [
        { versionId: pin, versionStages: [], createdTime: "1" },
        { versionId: "v-2", versionStages: ["AWSCURRENT"], createdTime: "2" },
      ],
    }),
  };

  test.each<[string, () => unknown, string, string]>([
    ["pinned", () => bind("a", {}, { dependsOn: [mine("a", { pinVersion: pin })] }), pin, "the Secret's pinVersion"],
    [
      "native",
      () =>
        bind("a", {
          workspace: { ...irsa, cluster: undefined as never },
          delivery: "native",
          values: { a: { value: "v", versionId: "v-1" } },
        }),
      "v-1",
      "delivery native has what this program writes",
    ],
  ])("%s", async (_, program, kept, why) => {
    for (const preview of [true, false]) {
      const { result, logs } = await run(program, { calls: versions, preview });
      expect(result).toEqual({ a: kept });
      expect(logs).toEqual([
        `info: [runtime] DeploymentBinding "agent": a has a newer version, v-2, and the workload keeps ${kept}: ${why}`,
      ]);
    }
  });

  test("and says nothing where it is the current one, or nobody may ask", async () => {
    const native: Partial<DeploymentBindingArgs> = {
      workspace: { ...irsa, cluster: undefined as never },
      delivery: "native",
      values: { a: { value: "v", versionId: "v-2" } },
    };
    expect((await run(() => bind("a", native), { calls: versions })).logs).toEqual([]);
    const denied = { [getVersions]: fails("denied") };
    expect((await run(() => bind("a", native), { calls: denied })).logs).toEqual([]);
  });
});

test("what has no current version can't be pinned", async () => {
  const { errors } = await attempt(() => bind("a", { freshness: "pinned" }), { calls: cloud({ a: undefined }) });
  expect(errors).toEqual([
    `DeploymentBinding "agent": secret "a" of workspace "production" has no current version: give it a value first, or leave freshness: "pinned" out`,
  ]);
});
