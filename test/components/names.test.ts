import fc from "fast-check";
import { cloudName } from "../../components/aws/secretName";
import { isSecretName, isWorkspaceName, qualified, slug } from "../../components/names";
import { ref } from "../support/fixtures";

const name = (longest: number) =>
  fc.stringMatching(new RegExp(`^[a-z0-9](-?[a-z0-9]){0,${longest - 1}}$`)).filter((text) => text.length <= longest);
const workspaceName = name(32);
const secretName = name(63);

test.each([
  ["production", true, true],
  ["a", true, true],
  ["0", true, true],
  ["a-b", true, true],
  ["a".repeat(32), true, true],
  ["a".repeat(33), false, true],
  ["a".repeat(63), false, true],
  ["a".repeat(64), false, false],
  ["jwt-secret", true, true],
  ["", false, false],
  ["-a", false, false],
  ["a-", false, false],
  ["a--b", false, false],
  ["A", false, false],
  ["a_b", false, false],
  ["a/b", false, false],
  ["a*", false, false],
  ["a?", false, false],
  [`a\${b}`, false, false],
  ["a.b", false, false],
  ["a b", false, false],
  ["ä", false, false],
  ["a\n", false, false],
])("%j is a workspace's name: %s, a secret's: %s", (text, workspace, secret) => {
  expect([isWorkspaceName(text), isSecretName(text)]).toEqual([workspace, secret]);
});

test("every name that the rule describes is taken", () => {
  fc.assert(fc.property(workspaceName, isWorkspaceName));
  fc.assert(fc.property(secretName, isSecretName));
});

test("no workspace's prefix matches another workspace's secret", () => {
  fc.assert(
    fc.property(workspaceName, workspaceName, secretName, (one, other, secret) => {
      fc.pre(one !== other);
      const prefix = cloudName({ ...ref, prefix: "vantedge", name: one }, "");
      expect(cloudName({ ...ref, prefix: "vantedge", name: other }, secret).startsWith(prefix)).toBe(false);
    }),
  );
});

test("logical names of two workspaces never meet", () => {
  fc.assert(
    fc.property(workspaceName, secretName, workspaceName, secretName, (w1, s1, w2, s2) => {
      fc.pre(w1 !== w2 || s1 !== s2);
      expect(qualified(w1, s1)).not.toBe(qualified(w2, s2));
    }),
  );
});

test.each([
  ["AI Startup", "ai-startup"],
  ["  Ärzte & Söhne, Ltd. ", "arzte-sohne-ltd"],
  ["a".repeat(62) + "--b", "a".repeat(62)],
  ["日本", ""],
])("the slug of %j is %j", (text, expected) => {
  expect(slug(text)).toBe(expected);
});

test("a slug is a label's value in every cloud", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$/.test(slug(text))),
  );
});
