import fc from "fast-check";
import { roleName } from "../../../components/aws/iam";
import { readerName, readerPath, readerPolicyName } from "../../../components/aws/readerNames";
import { isSecretName, isWorkspaceName } from "../../../components/names";
import { roleNames } from "../../../components/roles";

const part = (longest: number) => fc.stringMatching(new RegExp(`^[a-z0-9]([a-z0-9-]{0,${longest - 2}}[a-z0-9])?$`));
const workspace = part(32).filter(isWorkspaceName);
const binding = part(63).filter(isSecretName);
/** Bindings that differ late, where names are cut, or that look like what a cut name ends in. */
const alike = fc
  .tuple(binding, fc.stringMatching(/^[a-f0-9]{12}$/), fc.nat(99))
  .map(([start, hash, at]) => `${start.slice(0, at)}-${hash}`.slice(-63).replace(/^-/, ""))
  .filter(isSecretName);
const anyBinding = fc.oneof(binding, alike);

test.each([
  ["production", "agent", "vantedge-production--agent"],
  ["production", "a".repeat(43), `vantedge-production--${"a".repeat(43)}`],
  ["production", "a".repeat(44), `vantedge-production--${"a".repeat(29)}--16849877c6c2`],
  ["w".repeat(32), "a".repeat(63), `vantedge-${"w".repeat(32)}--${"a".repeat(7)}--7d3e74a05d7d`],
])("in workspace %s the reader of %s is %s", (ws, name, expected) => {
  expect(readerName(ws, name)).toBe(expected);
});

test("a role's name fits AWS's rules, and says its workspace in full", () => {
  fc.assert(
    fc.property(workspace, anyBinding, (ws, name) => {
      const made = readerName(ws, name);
      expect(made).toMatch(/^[a-z0-9-]{1,64}$/);
      expect(made.startsWith(`vantedge-${ws}--`)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("two bindings never have one role, in one workspace or in two, nor the role of a person", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(workspace, anyBinding), { minLength: 2, maxLength: 60 }), (pairs) => {
      const bindings = new Map(pairs.map((pair) => [pair.join("--"), pair]));
      // What a cut name ends in is no binding's whole name, though it is built here to look like one.
      for (const [ws, name] of pairs) {
        const made = readerName(ws, name).slice(`vantedge-${ws}--`.length);
        if (isSecretName(made)) bindings.set(`${ws}--${made}`, [ws, made]);
      }
      const names = [...bindings.values()].map(([ws, name]) => readerName(ws, name));
      const people = pairs.flatMap(([ws]) => roleNames.map((role) => roleName(ws, role)));
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => people.includes(name))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("two policies never have one name", () => {
  const number = fc.integer({ min: 1, max: 10 });
  fc.assert(
    fc.property(workspace, anyBinding, number, number, (ws, name, one, other) => {
      const names = [
        readerPolicyName(ws, name, one),
        readerPolicyName(ws, `${name}-${one}`, other),
        readerPolicyName(ws, `${name}-${one}-${other}`, one),
      ];
      expect(new Set(names).size).toBe(3);
      expect(readerPolicyName(ws, name, 10).length).toBeLessThanOrEqual(128);
    }),
  );
});

test("the path is the one for which the key decrypts", () => {
  expect(readerPath("production")).toBe("/vantedge/production/workload/");
});
