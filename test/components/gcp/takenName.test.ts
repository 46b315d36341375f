import type { ResourceHook } from "@pulumi/pulumi";
import { Secret, type WorkspaceRef } from "../../../index";
import { canary } from "../../support/fixtures";
import { gcpRef, projectId } from "../../support/gcp";
import { attempt, type Calls, leaks, only } from "../../support/mocks";

const path = `projects/${projectId}/secrets/vantedge--production--jwt-secret`;
const getSecret = "gcp:secretmanager/getSecret:getSecret";
let hook: ResourceHook | undefined;

jest.mock("../../../components/gcp/takenName", () => {
  const { refuseTakenName } = jest.requireActual("../../../components/gcp/takenName");
  return {
    refuseTakenName: (...args: unknown[]) => {
      hook = refuseTakenName(...args);
      return hook;
    },
  };
});

/** Registers a secret, and runs the hook as the engine does before it creates one. */
const hooked = (calls: Calls, workspace: WorkspaceRef = gcpRef) =>
  attempt(
    async () => {
      const secret = new Secret("jwt-secret", { workspace, value: canary });
      await new Promise((resolve) => secret.secretId.apply(resolve));
      await hook?.callback({} as never);
    },
    { calls },
  );

const fails = () => {
  throw new Error(canary);
};

test.each<[string, Calls, string[]]>([
  ["free", { [getSecret]: fails }, []],
  [
    "taken",
    { [getSecret]: () => ({ name: path }) },
    [
      `the secret ${path} is there already: choose another name, or take it over: set import: "${path}" on the secret, run ` +
        '"pulumi up", and remove import again. Where this program made it, Google can\'t change where its values are kept: ' +
        "make another secret",
    ],
  ],
])("an id that is %s", async (_, calls, expected) => {
  const outcome = await hooked(calls);
  expect(outcome.errors).toEqual(expected);
  expect(leaks(outcome, canary)).toEqual([]);
  expect(outcome.calls.map(({ token, inputs }) => [token, inputs])).toEqual([
    [getSecret, { project: projectId, secretId: "vantedge--production--jwt-secret" }],
  ]);
  expect(hook?.opts).toEqual({ onDryRun: true });
  expect(only(outcome.resources, "gcp:secretmanager/secret:Secret").options.beforeCreate).toEqual([hook?.name]);
});

test("of a regional secret, it is the id in its location that is looked for", async () => {
  const token = "gcp:secretmanager/getRegionalSecret:getRegionalSecret";
  const there = `projects/${projectId}/locations/europe-west3/secrets/vantedge--production--jwt-secret`;
  const outcome = await hooked({ [token]: () => ({ name: there }) }, { ...gcpRef, location: "europe-west3" });
  expect(outcome.errors).toEqual([expect.stringContaining(`set import: "${there}" on the secret`)]);
  expect(outcome.calls.map(({ token, inputs }) => [token, inputs])).toEqual([
    [token, { project: projectId, location: "europe-west3", secretId: "vantedge--production--jwt-secret" }],
  ]);
  expect(only(outcome.resources, "gcp:secretmanager/regionalSecret:RegionalSecret").options.beforeCreate).toEqual([
    hook?.name,
  ]);
});
