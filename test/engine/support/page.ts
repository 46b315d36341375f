/** What a section of a page shows. */
export interface Section {
  /** Texts by what their first line, a comment, calls them: `# deployment.yaml`. */
  files: Record<string, string>;
  /** The blocks of commands, in their order. */
  commands: string[];
}

const block = /^```(yaml|sh)\n(.*?)^```$/gms;

/** The sections of a page in Markdown, by their headings. */
export function sectionsOf(page: string): Record<string, Section> {
  const [, ...sections] = page.split(/^## /m);
  return Object.fromEntries(sections.map((text) => [text.slice(0, text.indexOf("\n")), sectionOf(text)]));
}

function sectionOf(text: string): Section {
  const blocks = [...text.matchAll(block)].map(([, language, content = ""]) => ({ language, content }));
  const contentsOf = (wanted: string) =>
    blocks.filter(({ language }) => language === wanted).map(({ content }) => content);
  const files = contentsOf("yaml").map((content) => [nameOf(content), content]);
  return { files: Object.fromEntries(files), commands: contentsOf("sh") };
}

function nameOf(content: string): string {
  const name = /^# (.+)\n/.exec(content)?.[1];
  if (name === undefined) throw new Error(`no name in the first line of:\n${content}`);
  return name;
}
