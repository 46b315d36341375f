import { secretReason, shownKey } from "../../literals/place";
import { isSecretText } from "../../literals/secretText";
import { resourceRule, Severity } from "../../rule";
import { entriesOf, type Value } from "../../value";

/** https://kubernetes.io/docs/concepts/configuration/configmap/: it "does not provide secrecy or encryption" */
export const literalConfigMap = resourceRule({
  name: "kubernetes-literal-config-map",
  requires: "No value of a secret stands in a ConfigMap",
  severity: Severity.High,
  ids: ["KSV-0109", "KSV-01010", "Kubescape C-0012"],
  mend: "put it into a secret manager or a Secret",
  types: ["kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:ConfigMapPatch"],
  problems: async ({ inputs }) => [
    ...(await literalsIn("data", inputs.data, (text) => text)),
    ...(await literalsIn("binaryData", inputs.binaryData, (text) => Buffer.from(text, "base64").toString())),
  ],
});

async function literalsIn(property: string, data: Value, decode: (text: string) => string): Promise<string[]> {
  const found = entriesOf(data).map(async ([key, given]) => {
    const reason = typeof given === "string" ? await reasonIn(key, decode(given)) : undefined;
    return reason === undefined ? [] : [`${property}.${await shownKey(key)} ${reason}`];
  });
  return (await Promise.all(found)).flat();
}

/** A key with lines is a file: what stands in it has names of its own. */
async function reasonIn(key: string, text: string): Promise<string | undefined> {
  if (!text.trim().includes("\n")) return secretReason(key, text.trim());
  if (await isSecretText(text)) return "looks like a file with a credential";
  for (const [index, line] of text.split("\n").entries()) {
    const { name, literal } =
      /^\s*(?:export\s+)?["']?(?<name>[\w.-]+)["']?\s*[:=]\s*(?<literal>.*)$/.exec(line)?.groups ?? {};
    const given = (literal ?? "").trim().replace(/^["']|["'],?$/g, "");
    // Templates, paths of other variables and the start of a block are no values.
    if (name === undefined || !/^[^\s$<{[%&*|>#!]{4,}$/.test(given)) continue;
    if ((await secretReason(name, given)) !== undefined)
      return `has a literal under the name of a secret in line ${index + 1}`;
  }
  return undefined;
}
