import { notices } from "../../../components/binding/notices";
import { type BindingSpec, resolvedBinding } from "../../../components/binding/spec";
import { DeploymentBinding, type WorkspaceRef } from "../../../index";
import { answers, irsa, type More } from "../../support/bindings";
import { gke } from "../../support/gke";
import { only, run } from "../../support/mocks";

const two: More = { env: { A: { secret: "a" }, B: { secret: "b" } } };
const files: More = { env: {}, files: { "/etc/a": { secrets: ["a"] } } };
const specOf = (more: More) => resolvedBinding({ workspace: irsa, bindingName: "agent", ...two, ...more }, {});
const record = (restarter: string, versions: Record<string, unknown> = {}) => ({
  "vantedge.run/restarted-by": restarter,
  ...Object.fromEntries(Object.entries(versions).map(([name, id]) => [`secrets.vantedge.run/${name}`, id])),
});
const why = "the cluster has no Reloader";
const native: More = { delivery: "native", values: { a: { value: "v" }, b: { value: "w" } } };

describe("a new binding says what its workload will not see by itself", () => {
  test.each<[string, More, "pulumi" | "reloader", string[]]>([
    [
      "variables, without Reloader",
      {},
      "pulumi",
      [
        expect.stringMatching(
          /^new values of a, b that are put in elsewhere reach running pods that this program deploys with the next pulumi up: the cluster has no Reloader/,
        ),
      ],
    ],
    ["variables, with Reloader", {}, "reloader", []],
    ["variables that are to wait", { restartedBy: "pulumi" }, "pulumi", []],
    ["files", files, "pulumi", []],
    ["a pinned version", { freshness: "pinned" }, "pulumi", []],
    ["a CronJob", { workload: "CronJob" }, "pulumi", []],
    ["a Pod", { workload: "Pod" }, "pulumi", ["a Pod replaces no pods: new values of a, b come with its next pods"]],
    [
      "native",
      native,
      "pulumi",
      [
        "delivery native delivers what pulumi up writes: a value that is changed elsewhere, by rotation or by hand, is not seen",
      ],
    ],
  ])("%s", (_, more, by, expected) => {
    expect(notices(specOf(more), why, undefined, record(by))).toEqual(expected);
    // Once: nothing has changed since.
    expect(notices(specOf(more), why, record(by), record(by))).toEqual([]);
  });

  test("what this program writes into a regional secret of Google, since to ask for a newer one is to read it", () => {
    const written = { origin: "written" as const, fields: undefined };
    const { location, ...globally } = gke;
    const spec = (workspace: WorkspaceRef, more: More = {}) =>
      resolvedBinding({ workspace, bindingName: "agent", ...two, ...more }, { a: written });
    const line =
      "new values of a that are put in elsewhere restart no pods, not at the next pulumi up either: the cloud's provider tells their version only with the value; Reloader would restart them at once";
    const said = (of: BindingSpec, by: string) => notices(of, why, undefined, record(by));
    const regional = { ...globally, location: "europe-west3" };
    expect(said(spec(regional), "pulumi")).toEqual([expect.stringContaining(line)]);
    expect(said(spec(regional, { restartedBy: "pulumi" }), "pulumi")).toEqual([expect.stringContaining(line)]);
    expect(said(spec(regional), "reloader")).toEqual([]);
    expect(said(spec(globally), "pulumi")).toEqual([
      expect.stringMatching(/^new values of a, b .* with the next pulumi up/),
    ]);
  });

  test("again, when the cluster has no Reloader any more", () => {
    expect(notices(specOf({}), why, record("reloader"), record("pulumi"))).toHaveLength(1);
    expect(notices(specOf({}), why, record("pulumi"), record("reloader"))).toEqual([]);
  });
});

describe("a version that is newer than that of the last update is said, and how it reaches the pods", () => {
  test.each<[string, More, "pulumi" | "reloader", object, object, string[]]>([
    [
      "one secret",
      {},
      "pulumi",
      { a: "1", b: "1" },
      { a: "2", b: "1" },
      ["a has a newer version than at the last pulumi up: this pulumi up restarts the pods that it deploys"],
    ],
    [
      "two secrets",
      {},
      "pulumi",
      { a: "1", b: "1" },
      { a: "2", b: "2" },
      ["a, b have newer versions than at the last pulumi up: this pulumi up restarts the pods that it deploys"],
    ],
    [
      "Reloader",
      {},
      "reloader",
      { a: "1", b: "1" },
      { a: "2", b: "1" },
      ["a has a newer version than at the last pulumi up: Reloader restarts the pods with its annotation"],
    ],
    [
      "files",
      files,
      "pulumi",
      { a: "1" },
      { a: "2" },
      ["a has a newer version than at the last pulumi up: files in running pods follow within two minutes"],
    ],
    [
      "a CronJob",
      { workload: "CronJob" },
      "pulumi",
      { a: "1", b: "1" },
      { a: "2", b: "1" },
      ["a has a newer version than at the last pulumi up: the next run of the CronJob receives it"],
    ],
    [
      "a Pod",
      { workload: "Pod" },
      "pulumi",
      { a: "1", b: "1" },
      { a: "2", b: "1" },
      ["a has a newer version than at the last pulumi up: the next pods of the Pod receive it"],
    ],
    ["the first value", {}, "pulumi", { a: "none", b: "1" }, { a: "1", b: "1" }, []],
    ["a secret that is bound now", {}, "pulumi", { a: "1" }, { a: "1", b: "1" }, []],
    ["a version that a preview does not know", {}, "pulumi", { a: "1", b: "1" }, { a: {}, b: "1" }, []],
  ])("%s", (_, more, by, before, now, expected) => {
    const [old, next] = [before, now].map((versions) => record(by, versions as Record<string, string>));
    expect(notices(specOf(more), why, old as never, next as never)).toEqual(expected);
  });
});

const waits =
  "new values of a, b that are put in elsewhere reach running pods that this program deploys with the next pulumi up";
const install =
  'run "helm upgrade --install reloader reloader --repo https://stakater.github.io/stakater-charts -n reloader --create-namespace --reset-then-reuse-values --set reloader.reloadStrategy=annotations"';

test("the command that installs Reloader is said once in a program", async () => {
  const { result } = await run(() => [1, 2].flatMap(() => notices(specOf({}), why, undefined, record("pulumi"))));
  expect(result).toEqual([
    `${waits}: ${why}; Reloader would restart them at once: ${install}, or set restartedBy: "pulumi" to wait without this line`,
    `${waits}: ${why}`,
  ]);
});

test("a hook says it before the record of it is written, in previews as well", async () => {
  const { hooks, resources } = await run(
    () => {
      new DeploymentBinding("agent", { workspace: irsa, ...two });
    },
    { calls: answers },
  );
  const { inputs, options } = only(resources, "kubernetes:rbac.authorization.k8s.io/v1:Role");
  expect(inputs.metadata).toMatchObject({ annotations: record("pulumi", { a: "v-7", b: "v-7" }) });
  const [hook] = hooks;
  expect(options.beforeCreate).toEqual([hook?.name]);
  expect(hook?.opts).toEqual({ onDryRun: true });
  const log = jest.spyOn(console, "log").mockImplementation(() => {});
  await hook?.callback({ newInputs: inputs } as never);
  await hook?.callback({ newInputs: inputs, oldInputs: inputs } as never);
  expect(log.mock.calls.flat()).toEqual([
    expect.stringContaining(`DeploymentBinding "agent": ${waits}: the cluster of context "test" has no Reloader`),
  ]);
  log.mockRestore();
});
