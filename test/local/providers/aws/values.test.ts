import { pack, type TerraformObject, unpack } from "../../../../local/providers/aws/msgpack";
import { decodeObject, encodeObject } from "../../../../local/providers/aws/values";
import { type Properties, unknown } from "../../../../local/providers/provider";
import { empty, thing } from "./fixture";

test("every field is present, null or empty where unset", () => {
  expect(encodeObject(thing, {})).toEqual(empty);
});

const cases: [string, Properties, object][] = [
  ["a block of one item is an object in Pulumi", { rotation: { days: 3 } }, { rotation: [{ days: 3, rule_id: null }] }],
  ["a block of many is a plural list", { replicas: [{ days: 1 }] }, { replica: [{ days: 1, rule_id: null }] }],
  ["a set attribute is plural", { stages: ["a"] }, { stage: ["a"] }],
  ["keys of a map stay as they are", { tags: { camelCase: "x" } }, { tags: { camelCase: "x" } }],
  ["text of a number is a number", { rotation: { days: "3" } }, { rotation: [{ days: 3, rule_id: null }] }],
  ["a number where text is due is text", { name: 7 }, { name: "7" }],
  ["text of a boolean is a boolean", { enabled: "true" }, { enabled: true }],
  ["a policy may be an object", { policy: { Statement: [] } }, { policy: '{"Statement":[]}' }],
  ["what is unknown stays so", { name: unknown, replicas: unknown }, { name: unknown, replica: unknown }],
  ["a policy with an unknown part is unknown", { policy: { Statement: [unknown] } }, { policy: unknown }],
];

test.each(cases)("%s", (_, properties, expected) => {
  expect(encodeObject(thing, properties)).toEqual({ ...empty, ...expected });
});

test("an input that nothing takes is refused by its name, not its value", () => {
  expect(() => encodeObject(thing, { nmae: "canary" })).toThrow(/^nmae: the Terraform AWS provider 5 has no attribute/);
  expect(() => encodeObject(thing, { rotation: { dasy: 1 } })).toThrow(/^rotation\.dasy: /);
});

test.each([
  ["name", { name: { canary: 1 } }, "name: must be a string"],
  ["enabled", { enabled: "canary" }, "enabled: must be true or false"],
  ["a number", { rotation: { days: "canary" } }, "rotation.days: must be a number"],
  ["a map", { tags: "canary" }, "tags: must be an object"],
])("a wrong type of %s is refused without the value", (_, properties, message) => {
  expect(() => encodeObject(thing, properties)).toThrow(new Error(message));
});

test("decoding drops what is null and gives Pulumi's names back", () => {
  const value = {
    ...empty,
    id: "i",
    endpoint: [{ host_name: "h" }],
    rotation: [{ days: 3, rule_id: "r" }],
    stage: ["a"],
  };
  expect(decodeObject(thing, value)).toEqual({
    id: "i",
    endpoints: [{ hostName: "h" }],
    replicas: [],
    rotation: { days: 3, ruleId: "r" },
    stages: ["a"],
  });
});

test("msgpack keeps every byte of a text, and what is unknown", () => {
  const value: TerraformObject = { text: "käse\n\"'\\ \u{1f511}\0", unknown, number: 2 ** 48 - 1, list: [true, null] };
  expect(unpack(pack(value))).toEqual(value);
  expect([...pack(unknown)]).toEqual([0xd4, 0, 0]);
});

test("a refined unknown of go-cty is unknown", () => {
  expect(unpack(Uint8Array.of(0xc7, 3, 12, 0x81, 1, 0xc2))).toBe(unknown);
});
