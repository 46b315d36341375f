import type { ResourceHook } from "@pulumi/pulumi";
import { Secret } from "../../../index";
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
const hooked = (calls: Calls) =>
  attempt(
    async () => {
      const secret = new Secret("jwt-secret", { workspace: gcpRef, value: canary });
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
