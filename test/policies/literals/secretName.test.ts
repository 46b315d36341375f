import { isSecretName } from "../../../policies/literals/secretName";

test.each([
  "OPENAI_API_KEY",
  "dbPassword",
  "password",
  "STRIPE_SECRET",
  "access-token",
  "GITHUB_TOKEN",
  "AWS_SECRET_ACCESS_KEY",
  "privateKey",
  "client_secret",
  "DATABASE_CONNECTION_STRING",
  "MYSQL_PWD",
])("%s is the name of a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  "SECRET_NAME",
  "SECRET_ARN",
  "TOKEN_TTL",
  "MAX_TOKENS",
  "TOKENS_PER_MINUTE",
  "PASSWORD_FILE",
  "SECRETS_MANAGER",
  "TOKENIZER",
  "passenger",
  "KEY",
  "MONKEY",
  "tokenVersion",
  "PORT",
  "PWD_HOST",
])("%s is not", (name) => {
  expect(isSecretName(name)).toBe(false);
});
