/** What a section of a page shows. */
export interface Section {
  /** Texts by what their first line, a comment, calls them: `# deployment.yaml`, `// index.ts`. Others are left out. */
  files: Record<string, string>;
  /** The blocks of commands, in their order. */
  commands: string[];
}

const block = /^```(yaml|ts|sh)\n(.*?)^```$/gms;

/** The sections of a page in Markdown, by their headings. */
export function sectionsOf(page: string): Record<string, Section> {
  const [, ...sections] = page.split(/^## /m);
  return Object.fromEntries(sections.map((text) => [text.slice(0, text.indexOf("\n")), sectionOf(text)]));
}

function sectionOf(text: string): Section {
  const blocks = [...text.matchAll(block)].map(([, language, content]) => ({ language, content: content as string }));
  const files = blocks.flatMap(({ content }) => {
    const name = /^(?:#|\/\/) (\S.*)\n/.exec(content)?.[1];
    return name === undefined ? [] : [[name, content]];
  });
  const commands = blocks.filter(({ language }) => language === "sh").map(({ content }) => content);
  return { files: Object.fromEntries(files), commands };
}
