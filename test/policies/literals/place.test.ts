import { secretReason, shownKey } from "../../../policies/literals/place";

// In parts, so that no scanner of this repository finds it.
const token = ["ghp", "_", "a1B2c3D4e5".repeat(3), "abcdef"].join("");
const named = "is a literal under the name of a secret";

test.each([
  ["DATABASE_PASSWORD", "postgres"],
  ["DATABASE_PASSWORD", "hunter2"],
  ["client_secret", "abc"],
  ["TOKEN_OF_ORDERS", "hunter2"],
  ["API_KEY_PRODUCTION", "x9"],
])("%s: %s stands in clear", async (name, text) => {
  expect(await secretReason(name, text)).toBe(named);
});

test("a credential is one under any name", async () => {
  expect(await secretReason("NOTE", token)).toBe("looks like a credential");
});

test.each([
  ["SECRETS_BACKEND", "vault"],
  ["TOKEN_REVIEW", "enabled"],
  ["MYSQL_ALLOW_EMPTY_PASSWORD", "yes"],
  ["ALLOW_EMPTY_PASSWORD", "off"],
  ["DATABASE_PASSWORD", "$(POSTGRES_PASSWORD)"],
  ["DATABASE_PASSWORD", "/etc/secrets/password"],
  ["API_TOKEN", "{{ token }}"],
  ["PASSWORD_SECRET", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-AbCdEf"],
  ["DATABASE_PASSWORD", ""],
  ["DATABASE_PASSWORD", undefined],
  ["LOG_LEVEL", "debug"],
])("%s: %s does not", async (name, text) => {
  expect(await secretReason(name, text)).toBeUndefined();
});

test("a key that is a value is not shown", async () => {
  expect(await shownKey("team")).toBe("team");
  expect(await shownKey(token)).toBe("(a key that looks like a secret)");
  expect(await shownKey("x".repeat(65))).toBe("(a key that looks like a secret)");
});
