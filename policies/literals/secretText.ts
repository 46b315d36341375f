/**
 * Whether a text holds what looks like a credential: a token of a known maker, a private key, a URL with a password.
 * secretlint decides (https://github.com/secretlint/secretlint), an ES module that is loaded when it is first needed.
 */
export async function isSecretText(text: string): Promise<boolean> {
  if (!isWorthAsking(text)) return false;
  const { lintSource, config } = await linter();
  const { messages } = await lintSource({
    source: { content: text, filePath: "value", ext: "", contentType: "text" },
    options: { config, noPhysicFilePath: true },
  });
  return messages.length > 0;
}

/**
 * The linter takes about half a millisecond, and most texts of a program are plain words and names. What it finds has a
 * URL with a password, a private key, or a long run that is no lower-case word.
 */
function isWorthAsking(text: string): boolean {
  if (/:\/\/\S*@|-----BEGIN/.test(text)) return true;
  return (text.match(/[A-Za-z0-9_+/=]{16,}/g) ?? []).some((run) => /[A-Z0-9]/.test(run));
}

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
