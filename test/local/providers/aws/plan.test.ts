import { changedFields, proposedState } from "../../../../local/providers/aws/plan";
import { unknown } from "../../../../local/providers/provider";
import { empty, thing } from "./fixture";

test("a new object proposes its configuration; what the provider fills in is null, and so is a write-only value", () => {
  const config = { ...empty, policy: "{}", secret_wo: "canary" };
  expect(proposedState(thing, null, config)).toEqual({ ...empty, policy: "{}" });
});

test("what the configuration leaves to the provider is carried over; what it drops is not", () => {
  const prior = { ...empty, id: "i", name: "n", policy: "old", rotation: [{ days: 1, rule_id: "r" }] };
  const config = { ...empty, rotation: [{ days: 2, rule_id: null }] };
  const proposed = { ...empty, id: "i", name: "n", rotation: [{ days: 2, rule_id: "r" }] };
  expect(proposedState(thing, prior, config)).toEqual(proposed);
});

test("an element of a set keeps the computed values of the prior element that it describes", () => {
  const prior = {
    ...empty,
    replica: [
      { days: 1, rule_id: "one" },
      { days: 2, rule_id: "two" },
    ],
  };
  const config = {
    ...empty,
    replica: [
      { days: 2, rule_id: null },
      { days: 3, rule_id: null },
    ],
  };
  expect(proposedState(thing, prior, config).replica).toEqual([
    { days: 2, rule_id: "two" },
    { days: 3, rule_id: null },
  ]);
});

test("an unknown block is proposed as it is", () => {
  expect(proposedState(thing, null, { ...empty, replica: unknown }).replica).toBe(unknown);
});

test("changed fields are those whose planned value differs", () => {
  const changed = changedFields(thing, { ...empty, name: "a" }, { ...empty, name: unknown, tags: { a: "b" } });
  expect(changed.map(({ property }) => property)).toEqual(["name", "tags"]);
});
