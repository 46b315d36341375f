import { isSecretText } from "../../../policies/literals/secretText";

// In parts, so that no scanner of this repository finds them.
const made = (...parts: string[]) => parts.join("");

test.each([
  ["Anthropic", made("sk-ant-", "api03-", "aB3_".repeat(23), "aAA")],
  ["Stripe", made("sk_live", "_", "a1B2c3D4".repeat(3))],
  ["GitHub", made("ghp", "_", "a1B2c3D4e5".repeat(3), "abcdef")],
  ["Hugging Face", made("hf", "_", "abcdefghijklmnopqrstuvwxyzABCDEFGH")],
  ["Postgres", made("postgres://app:", "s3cr3tPass", "@db.internal:5432/app")],
  ["a URL with a password", made("https://user:", "passw0rd1", "@example.com/x")],
])("a credential of %s", async (_, text) => {
  expect(await isSecretText(text)).toBe(true);
});

test.each([
  "production",
  "arn:aws:iam::111122223333:role/leads",
  "postgres://db.internal:5432/app",
  "https://example.com/path",
  "OpenAI API key for GPT-4 models",
])("none: %s", async (text) => {
  expect(await isSecretText(text)).toBe(false);
});
