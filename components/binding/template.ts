/** Texts with fields of a secret in them: for External Secrets as a Go template, for `native` filled in here. */

interface Encoding {
  /** Functions of Go templates and of sprig, which External Secrets has: https://external-secrets.io/latest/guides/templating/ */
  go: string;
  encode: (text: string) => string;
}

const encodings: Record<string, Encoding> = {
  // Go's urlquery writes a space as +, which in a URL's user and path is a plus; a plus itself is %2B by then.
  uri: { go: ' | urlquery | replace "+" "%20"', encode: uriEncoded },
  json: { go: " | toJson", encode: (text) => JSON.stringify(text) },
  base64: { go: " | b64enc", encode: (text) => Buffer.from(text).toString("base64") },
};
const names = Object.keys(encodings);
// No dot at the beginning: `{{ .name }}` is Go's way to write it, and is refused rather than taken for another name.
const placeholder = new RegExp(
  `\\{\\{\\s*([A-Za-z0-9_-][A-Za-z0-9._-]*)\\s*(?:\\|\\s*(${names.join("|")})\\s*)?\\}\\}`,
  "g",
);

/** Encodes all but unreserved characters, as Go does: https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
function uriEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function templateProblem(template: string): string | undefined {
  if (template.replace(placeholder, "").includes("{{")) {
    return `{{ must be followed by a field's name and }}, with | and one of ${names.join(", ")} between them at most`;
  }
  return templateFields(template).length > 0 ? undefined : "has no {{field}} in it: write the text into the workload";
}

/** The fields that it takes, each once. */
export function templateFields(template: string): string[] {
  return [...new Set([...template.matchAll(placeholder)].map(([, field]) => field as string))];
}

/** A brace before a placeholder would be read as a part of it. `read` is Go's way to a field. */
export function goTemplate(
  template: string,
  read: (field: string) => string = (field) => `index . ${JSON.stringify(field)}`,
): string {
  const separated = template.replace(/\{(?=\{\{\s*[A-Za-z0-9_-])/g, '{{ "{" }}');
  return separated.replace(
    placeholder,
    (_, field: string, encoding?: string) =>
      `{{ ${read(field)}${encoding === undefined ? "" : encodings[encoding]?.go} }}`,
  );
}

export function filledTemplate(template: string, fields: Record<string, string>): string {
  return template.replace(placeholder, (_, field: string, encoding?: string) => {
    const text = fields[field] as string;
    return encoding === undefined ? text : (encodings[encoding] as Encoding).encode(text);
  });
}
