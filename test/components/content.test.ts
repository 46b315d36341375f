import type * as pulumi from "@pulumi/pulumi";
import { output, secret } from "@pulumi/pulumi";
import fc from "fast-check";
import { fieldContent, maximumContentBytes, storedContent } from "../../components/content";
import { canary } from "../support/fixtures";
import { attempt, leaks, run } from "../support/mocks";

const stored = async (content: Parameters<typeof storedContent>[1]) =>
  (await run(() => ({ text: storedContent("Secret", content) }))).result as { text: string };

test.each([
  ["a text", "plain"],
  ["spaces and newlines", "  two\nlines \r\n"],
  ["quotes and unicode", `"'\\ \u0000 ünï 🔑 \u2028`],
  ["what looks like JSON", `{"b":1,"a":2}`],
])("a value is stored verbatim: %s", async (_, value) => {
  expect(await stored({ value })).toEqual({ text: value });
  expect(await stored({ value: output(value) })).toEqual({ text: value });
  expect(await stored({ value: Promise.resolve(value) })).toEqual({ text: value });
});

test.each<[string, Record<string, string>, string]>([
  ["sorted keys", { b: "2", a: "1", B: "3" }, `{"B":"3","a":"1","b":"2"}`],
  ["keys that look like numbers", { "10": "x", "9": "y", a: "z", "1": "w" }, `{"1":"w","10":"x","9":"y","a":"z"}`],
  ["quotes and newlines", { a: `"\\\n\t` }, `{"a":"\\"\\\\\\n\\t"}`],
  ["unicode", { a: "ü🔑" }, `{"a":"ü🔑"}`],
  ["keys with dots", { "a.b": "1", "a-b": "2" }, `{"a-b":"2","a.b":"1"}`],
])("fields are one JSON object, byte for byte: %s", async (_, fields, expected) => {
  expect(await stored({ fields })).toEqual({ text: expected });
});

test("fields come back as they were, in an order that depends on nothing but them", async () => {
  const fields = fc.dictionary(
    fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/).filter((name) => name !== "__proto__"),
    fc.string({ unit: "binary", minLength: 1 }),
    {
      minKeys: 1,
    },
  );
  await fc.assert(
    fc.asyncProperty(fields, async (given) => {
      const { text } = await stored({ fields: given });
      expect(JSON.parse(text)).toEqual(given);
      const reversed = Object.fromEntries(Object.entries(given).reverse());
      expect(await stored({ fields: reversed })).toEqual({ text });
    }),
    { numRuns: 30 },
  );
});

test("what is stored is secret, however it was given", async () => {
  const forms = [canary, output(canary), secret(canary), Promise.resolve(canary)];
  const outcome = await run(() => ({
    values: forms.map((value) => storedContent("Secret", { value })),
    fields: forms.map((password) => storedContent("Secret", { fields: { password } })),
    field: forms.map((password) => fieldContent("Secret", { fields: { password } }, "password")),
  }));
  expect(leaks(outcome, canary)).toEqual([]);
});

test("without value and fields nothing is stored", () => {
  expect(storedContent("Secret", {})).toBeUndefined();
});

const number = 4711 as unknown as pulumi.Input<string>;
test.each<[string, Parameters<typeof storedContent>[1], string]>([
  ["empty", { value: output("") }, "value: is empty: give it a value, or leave it out"],
  ["no text", { value: output(number) }, "value: must be a text; for named values use fields"],
  ["an object", { value: output({ a: canary }) as never }, "value: must be a text; for named values use fields"],
  [
    "too long",
    { value: output("ü".repeat(maximumContentBytes / 2) + "x") },
    "value: has 65537 bytes; a secret holds at most 65536: shorten it, or make it several secrets",
  ],
  ["an empty field", { fields: { a: "1", b: output("") } }, "fields.b: is empty: give it a value, or leave it out"],
  ["a field that is no text", { fields: { b: output(number) } }, "fields.b: must be a text"],
])("what is known late is checked then: %s", async (_, content, problem) => {
  const outcome = await attempt(() => ({ text: storedContent(`Secret "a"`, content) }));
  expect(outcome.errors).toEqual([`Secret "a": ${problem}`]);
  expect(leaks(outcome, canary)).toEqual([]);
});

test("the longest value is taken", async () => {
  const value = "x".repeat(maximumContentBytes);
  expect(await stored({ value })).toEqual({ text: value });
});
