import * as pulumi from "@pulumi/pulumi";
import { sayingOnce } from "../../components/notices";
import { run } from "../support/mocks";

class Subject extends pulumi.ComponentResource {
  constructor(notices: string[], opts?: pulumi.ComponentResourceOptions) {
    const { inputs, options } = sayingOnce('Subject "one"', notices, { place: "here" }, opts);
    super("test:index:Subject", "one", inputs, options);
  }
}

test("each line is said when it is new, in previews as well, and stands in the inputs", async () => {
  const { resources, hooks } = await run(() => new Subject(["first", "second"]));
  const [hook] = hooks;
  expect(resources).toMatchObject([
    {
      inputs: { place: "here", notices: ["first", "second"] },
      options: { beforeCreate: [hook?.name], beforeUpdate: [hook?.name] },
    },
  ]);
  expect(hook?.opts).toEqual({ onDryRun: true });
  const said = async (before: string[] | undefined, now: string[]) => {
    const log = jest.spyOn(console, "log").mockImplementation(() => {});
    const oldInputs = before && { notices: before };
    await hook?.callback({ oldInputs, newInputs: { notices: now } } as never);
    const lines = log.mock.calls.flat();
    log.mockRestore();
    return lines;
  };
  const line = (text: string) => `info: [runtime] Subject "one": ${text}`;
  expect(await said(undefined, ["first", "second"])).toEqual([line("first"), line("second")]);
  expect(await said(["first"], ["first", "second"])).toEqual([line("second")]);
  expect(await said(["first", "second"], ["second"])).toEqual([]);
  // What an older version of this package provisioned has none.
  expect(await said([], ["first"])).toEqual([line("first")]);
});

test("the hooks that are given run as well", async () => {
  const { resources } = await run(
    () => new Subject([], { hooks: { beforeCreate: [new pulumi.ResourceHook("mine", () => {})] } }),
  );
  expect(resources[0]?.options.beforeCreate).toEqual(["mine", 'vantedge-secrets:says-what-is-new:Subject "one"']);
});
