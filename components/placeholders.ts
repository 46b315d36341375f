/** What the `<name>` in a policy file stands for: one text, or several. */
export type Placeholders = { [name: string]: string | readonly string[] };

/**
 * Replaces each `<name>` of a policy file, in keys as well. A text whose placeholder has several values becomes a list
 * of texts, and a list with such a text in it is flattened, so that a statement reads the same for one region and for
 * three.
 */
export function fill<T>(template: T, values: Placeholders): T {
  return fillNode(template, values) as T;
}

function fillNode(node: unknown, values: Placeholders): unknown {
  if (typeof node === "string") {
    const texts = fillText(node, values);
    return texts.length === 1 ? texts[0] : texts;
  }
  if (Array.isArray(node)) {
    return node.flatMap((item) => fillNode(item, values));
  }
  if (typeof node === "object" && node !== null) {
    const entries = Object.entries(node).flatMap(([key, value]) => {
      const filled = fillNode(value, values);
      return fillText(key, values).map((name) => [name, filled]);
    });
    return Object.fromEntries(entries);
  }
  return node;
}

function fillText(text: string, values: Placeholders): string[] {
  const name = /<([a-zA-Z]+)>/.exec(text)?.[1];
  if (name === undefined) {
    return [text];
  }
  const value = values[name];
  if (value === undefined) {
    throw new Error(`policy file: nothing given for <${name}>`);
  }
  const choices = typeof value === "string" ? [value] : value;
  const [before = "", after = ""] = splitAt(text, `<${name}>`);
  return choices.flatMap((choice) => fillText(after, values).map((rest) => before + choice + rest));
}

/** What is put in is not searched again, nor taken for a pattern. */
function splitAt(text: string, mark: string): [string, string] {
  const start = text.indexOf(mark);
  return [text.slice(0, start), text.slice(start + mark.length)];
}
