import { Key } from "@pulumi/aws/kms";
import { keyRotation } from "../../policies/aws/kms/keyRotation";
import { secretRotation } from "../../policies/aws/secretsManager/secretRotation";
import { analyze, remediate } from "./support/analyzer";
import { raw, resource, urnOf } from "./support/fixture";

const key = resource(Key, "orders.v1", {});
const today = () => new Date().toISOString().slice(0, 10);
const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

const exempt = (urn: string, until: string) => ({ exemptions: [{ urn, until, reason: "moves to another account" }] });
const ask = (config: object) => analyze([keyRotation], [key], { [keyRotation.name]: config });

test.each([
  ["its own URN", urnOf(key)],
  ["any of its type", "*::aws:kms/key:Key::*"],
  ["all of a stack", "urn:pulumi:test::project::*"],
])("a resource is exempt through the last day: %s", async (_, urn) => {
  expect(await ask(exempt(urn, today()))).toEqual([]);
});

test.each([
  ["a part of its URN", "orders.v1"],
  ["a dot that would stand for any letter", urnOf(key).replace("orders.v1", "orders?v1")],
  ["another stack", "urn:pulumi:production::*"],
])("it is not: %s", async (_, urn) => {
  expect(await ask(exempt(urn, today()))).toHaveLength(1);
});

test("an exemption that ended is told with its reason, and the violation counts again", async () => {
  const [violation, ...more] = await ask(exempt("*::orders.v1", yesterday()));
  expect(more).toEqual([]);
  expect(violation?.message.split("\n").at(-1)).toBe(
    `The exemption of *::orders.v1 ended on ${yesterday()}: moves to another account`,
  );
});

test("one that ended is silent where another one holds", async () => {
  const { exemptions: ended } = exempt("*", yesterday());
  const { exemptions: holding } = exempt("*", today());
  expect(await ask({ exemptions: [...ended, ...holding] })).toEqual([]);
});

test("nothing is remedied that is exempt", async () => {
  const config = { [keyRotation.name]: exempt("*", today()) };
  expect(await remediate([keyRotation], key, config)).toBeUndefined();
  expect(await remediate([keyRotation], key)).toEqual({ enableKeyRotation: true });
});

test("a stack's rule lets single resources pass", async () => {
  const secrets = ["token", "password"].map((name) => raw("aws:secretsmanager/secret:Secret", name, {}));
  const config = { [secretRotation.name]: exempt("*::token", today()) };
  const found = await analyze([secretRotation], secrets, config);
  expect(found.map(({ urn }) => urn)).toEqual([urnOf(secrets[1] as never)]);
});

test.each([
  [
    { exemptions: [{ urn: "*", until: "2026-02-30", reason: "a" }] },
    "exemptions[0].until: must be a day that exists, as YYYY-MM-DD",
  ],
  [{ exemptions: [{ urn: "*", until: "2026-12-01" }] }, "exemptions[0].reason: is missing: it must be a text"],
  [{ exemptions: [{ urn: "*", until: "2026-12-01", reason: "" }] }, "exemptions[0].reason: is empty: say why"],
  [{ exemptions: [{ until: "2026-12-01", reason: "a" }] }, "exemptions[0].urn: is missing: it must be a text"],
  [{ exemption: [] }, "exemption: unknown key: did you mean exemptions?"],
])("a configuration that is wrong stops the run in one line: %j", async (config, problem) => {
  await expect(ask(config)).rejects.toThrow(
    new Error(
      `Error validating resource with policy 'aws-kms-key-rotation' from policy pack 'pack@v1.0.0':\npolicy "aws-kms-key-rotation": ${problem}`,
    ),
  );
});
