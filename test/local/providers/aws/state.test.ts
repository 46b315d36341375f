import { importedInputs, refreshedInputs, stateOf, storedState } from "../../../../local/providers/aws/state";
import { empty, thing } from "./fixture";

const value = { ...empty, id: "i", name: "n", password: "canary", tags: { a: "1" } };
const stored = { value, private: new Uint8Array([1, 2, 3]) };

test("the provider's state is kept with the outputs, secret, and comes back as it was", () => {
  const state = stateOf(thing, stored, "eu-west-1");
  expect(state.id).toBe("i");
  expect(state.outputs).toMatchObject({ name: "n", tags: { a: "1" }, region: "eu-west-1" });
  expect(state.secretOutputs).toEqual(["__terraform", "password"]);
  expect(storedState(state.outputs)).toEqual(stored);
});

test("outputs of another provider hold no such state", () => {
  expect(storedState({ name: "n" })).toBeUndefined();
});

describe("inputs after a refresh", () => {
  const inputs = { name: "n", policy: "as written", tags: { a: "1" } };

  test("are the old ones where nothing drifted", () => {
    expect(refreshedInputs(thing, inputs, value, { ...value })).toEqual(inputs);
  });

  test("show a live value that differs, and no longer one that is gone", () => {
    expect(refreshedInputs(thing, inputs, value, { ...value, tags: { a: "2" } })).toEqual({
      ...inputs,
      tags: { a: "2" },
    });
    expect(refreshedInputs(thing, inputs, value, { ...value, tags: null })).toEqual({
      name: "n",
      policy: "as written",
    });
  });

  test("gain what was added elsewhere, unless the provider fills it in by itself", () => {
    const live = { ...value, enabled: true, stage: ["AWSCURRENT"] };
    expect(refreshedInputs(thing, inputs, value, live)).toEqual({ ...inputs, enabled: true });
  });
});

test("an import's inputs are what a program could have given", () => {
  expect(importedInputs(thing, value)).toEqual({ password: "canary", tags: { a: "1" }, replicas: [] });
});
