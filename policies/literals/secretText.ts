/**
 * Whether a text holds what looks like a credential: a token of a known maker, a private key, a URL with a password.
 * secretlint decides (https://github.com/secretlint/secretlint), an ES module that is loaded when it is first needed.
 */
export async function isSecretText(text: string): Promise<boolean> {
  if (text.length < shortest) return false;
  const { lintSource, config } = await linter();
  const { messages } = await lintSource({
    source: { content: text, filePath: "value", ext: "", contentType: "text" },
    options: { config, noPhysicFilePath: true },
  });
  return messages.length > 0;
}

/** No token of any maker is shorter. */
const shortest = 12;

let loaded: ReturnType<typeof load> | undefined;
const linter = () => {
  loaded ??= load();
  return loaded;
};

async function load() {
  const [{ lintSource }, { creator }] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend"),
  ]);
  const id = "@secretlint/secretlint-rule-preset-recommend";
  const config = { rules: [{ id, rule: creator }] };
  return { lintSource, config };
}
