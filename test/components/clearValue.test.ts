import * as pulumi from "@pulumi/pulumi";
import { Secret, type SecretArgs } from "../../index";
import { canary, ref } from "../support/fixtures";
import { leaks, run } from "../support/mocks";

const config = {
  "project:plain": `${canary} in clear`,
  "project:secret": canary,
  "other:plain": `${canary} elsewhere`,
};
const clear = ["project:plain", "other:plain"];
const warnings = async (args: Partial<SecretArgs>) => {
  const outcome = await run(() => new Secret("db", { workspace: ref, ...args }), { config, clear });
  expect(leaks(outcome, canary)).toEqual([]);
  return outcome.logs
    .filter((line) => line.startsWith("warn"))
    .map((line) => line.replace(/^warning: (\[[^\]]*\] )*/, ""));
};

const inClear = (argument: string) =>
  `Secret "db": ${argument}: is that of configuration key "plain", which stands in the stack's configuration in clear: run pulumi config set --secret plain`;
const notSecret =
  'Secret "db": value: is an Output that is not secret, and may stand in clear where it comes from: mark it there, or with pulumi.secret';

test.each<[string, () => Partial<SecretArgs>, string[]]>([
  ["config.require of a key in clear", () => ({ value: config["project:plain"] }), [inClear("value")]],
  [
    "config.requireSecret of a key in clear",
    () => ({ value: pulumi.secret(config["project:plain"]) }),
    [inClear("value")],
  ],
  [
    "fields of such keys",
    () => ({ fields: { user: "app", password: config["project:plain"], host: pulumi.output("db.local") } }),
    [inClear("fields.password")],
  ],
  ["a key that is secret", () => ({ value: config["project:secret"] }), []],
  ["a key of another project", () => ({ value: config["other:plain"] }), []],
  ["a text of the program", () => ({ value: "literal" }), []],
  ["an Output that is secret", () => ({ value: pulumi.secret("v") }), []],
  ["an Output that is not", () => ({ value: pulumi.output("v") }), [notSecret]],
  ["no value", () => ({}), []],
])("%s", async (_, args, expected) => {
  expect(await warnings(args())).toEqual(expected);
});
