import { takesSameName, withName } from "../../../../local/providers/aws/autoname";
import { thing } from "./fixture";

const resource = { urn: "urn:pulumi:s::p::aws:x/thing:Thing::Db", type: "aws:x/thing:Thing", name: "Db" };
const seed = Uint8Array.of(1, 2, 3);
const named = (type: string, olds: object | undefined, news: object) =>
  withName(thing, type, resource, olds && { ...olds }, { ...news }, seed);

test("an object without a name gets one, and keeps it", () => {
  const inputs = named("aws_thing", undefined, {});
  expect(inputs.name).toMatch(/^Db-[0-9a-f]{7}$/);
  expect(withName(thing, "aws_thing", resource, inputs, {}, Uint8Array.of(9))).toEqual(inputs);
});

test("a name that the program once gave is not kept", () => {
  expect(named("aws_thing", { name: "given" }, {}).name).not.toBe("given");
});

test.each([
  ["given by name", "aws_thing", { name: "mine" }],
  ["given by prefix", "aws_thing", { namePrefix: "mine-" }],
  ["never filled in", "aws_kms_alias", {}],
])("a name %s is left alone", (_, type, news) => {
  expect(named(type, undefined, news)).toEqual(news);
});

test("only a name that the program gave to both stands in the way of a replacement", () => {
  const filledIn = named("aws_thing", undefined, {});
  expect(takesSameName("aws_thing", thing, { name: "mine" }, { name: "mine" })).toBe(true);
  expect(takesSameName("aws_thing", thing, { name: "mine" }, { name: "other" })).toBe(false);
  expect(takesSameName("aws_thing", thing, filledIn, filledIn)).toBe(false);
});
