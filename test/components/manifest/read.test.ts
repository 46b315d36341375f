import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { readDocuments } from "../../../components/manifest/read";
import { canary } from "../../support/fixtures";
import { elsewhere, file, problems, settings } from "../../support/manifest";
import { run } from "../../support/mocks";

const place = { line: 1, column: 1 };
const howToSet = "set the manifest's path with pulumi config set manifest FILE";

test.each([
  [path.resolve("nowhere.yaml"), "there is no such file"],
  [path.resolve("test"), "is a folder"],
])("%s: %s", (name, reason) => {
  expect(readDocuments(name)).toEqual({
    documents: [],
    problems: [{ ...place, file: name, message: `${reason}: ${howToSet}` }],
  });
});

test("a path is looked up from the folder of Pulumi.yaml", async () => {
  process.env.PULUMI_NODEJS_ROOT_DIRECTORY = path.resolve("examples/quickstart");
  const { result } = await run(() => readDocuments("vantedge.yaml").problems);
  delete process.env.PULUMI_NODEJS_ROOT_DIRECTORY;
  expect(result).toEqual([]);
});

const empty = "the file is empty: declare organization, cloud, workspaces and secrets (see examples/quickstart)";
test.each(["", "\n\n", "# a comment\n", "---\n---\n", "---\nnull\n"])("nothing in it: %j", (text) => {
  expect(problems(text)).toEqual([`1:1: ${empty}`]);
});

const utf16 = (text: string, ...head: number[]) => Buffer.concat([Buffer.from(head), Buffer.from(text, "utf16le")]);
const lines = "organization: A\r\n";

test.each<[string, Buffer]>([
  ["little end first, as PowerShell writes it", utf16(lines, 0xff, 0xfe)],
  ["without a mark", utf16(lines)],
  ["big end first", utf16(lines, 0xff, 0xfe).swap16()],
])("a file in UTF-16 is told: %s", (_, bytes) => {
  const name = file("");
  writeFileSync(name, bytes);
  const message = "the file is in UTF-16: save it as UTF-8, in PowerShell by | Out-File -Encoding utf8 in place of >";
  expect(readDocuments(name)).toEqual({ documents: [], problems: [{ ...place, file: name, message }] });
});

test("UTF-8 with a mark is read", () => {
  expect(problems("\ufeff# ü\n")).toEqual([`1:1: ${empty}`]);
});

test("a value's place, and a key's; of what isn't there, the nearest that is", () => {
  const [document] = readDocuments(file("a:\n  b: [x, { c: y }]\n  d:\n")).documents;
  const at = (steps: PropertyKey[], of: "place" | "keyPlace" = "place") => {
    const { line, column } = document?.[of](steps) ?? { line: 0, column: 0 };
    return [line, column];
  };
  expect(at([])).toEqual([1, 1]);
  expect(at(["a"])).toEqual([2, 3]);
  expect(at(["a"], "keyPlace")).toEqual([1, 1]);
  expect(at(["a", "b", 1, "c"])).toEqual([2, 15]);
  expect(at(["a", "b", 1, "c"], "keyPlace")).toEqual([2, 12]);
  expect(at(["a", "b", 7])).toEqual([2, 6]);
  expect(at(["a", "none"])).toEqual([2, 3]);
});

const misindented = "the indentation doesn't fit: indent with spaces, the same for all keys of one level";

test.each<[string, string[]]>([
  ["secrets:\n  - name: a\n    workspace: b\n   value: x\n", [`4:1: ${misindented}`]],
  ["organization:\n  cloud: 1\n workspaces: []\n", [`3:1: ${misindented}`]],
  ["secrets:\n    - name: a\n  - name: b\n", [`3:1: ${misindented}`]],
  ["secrets:\n  - name: a\n    - name: b\n", [`3:1: ${misindented}`]],
  ["workspaces:\n  - name: a\n    roles:\n        owners: []\n      members: []\n", [`5:1: ${misindented}`]],
  ["organization: A\ncloud 2\nsecrets: []\n", ["2:1: this is no key: value; is a colon missing, or a quote?"]],
  ["cloud: { aws: 1 gcp: 2 }\n", ["1:15: a comma is missing here, or quotes around a text with a colon in it"]],
])("an indentation that doesn't fit is told from a colon that is missing: %j", (text, expected) => {
  expect(problems(text)).toEqual(expected);
});

const quotes = "put it in quotes";
const meaning = "a character here has a meaning in YAML: put the text in quotes";
const textOrConfig = "must be a text in quotes, or { config: KEY }";
const nested =
  "a key and its value stand where only a text can: indent it as its neighbours, or put the text in quotes";
const noValue = "value: is empty: give it a text in quotes, { config: KEY }, or leave it out";

/** What happens to passwords that are not in quotes, and to quotes that are not closed. */
test.each<[string, string[]]>([
  [`*${canary}`, [`2:8: a text that begins with * is an alias in YAML: ${quotes}`]],
  [`!${canary}`, [`2:8: a text that begins with ! is a tag in YAML: ${quotes}`]],
  [`!${canary} x`, [`2:8: a text that begins with ! is a tag in YAML: ${quotes}`]],
  [`!<${canary}`, [`2:8: this is not valid YAML (tag resolve failed): put texts in quotes`]],
  [`&${canary}`, [`2:37: ${noValue}`]],
  [`#${canary}`, [`2:8: ${noValue}`]],
  [`@${canary}`, [`2:8: ${meaning}`]],
  [`\`${canary}`, [`2:8: ${meaning}`]],
  [`|${canary}`, [`2:9: ${meaning}`]],
  [`> ${canary}`, [`2:10: ${meaning}`]],
  [`- ${canary}`, [`2:8: ${meaning}`]],
  [`{${canary}}`, [`2:8: value: ${textOrConfig}`]],
  [`{{ ${canary} }}`, [`2:8: value: ${textOrConfig}`]],
  [`{${canary}, a: b}`, [`2:8: value: ${textOrConfig}`]],
  [`[${canary}]`, [`2:8: value: ${textOrConfig}`]],
  [`{a: ${canary}`, ["3:1: a closing bracket is missing before this: close it, or put the text in quotes"]],
  [`[${canary}`, ["3:1: a closing bracket is missing before this: close it, or put the text in quotes"]],
  [`"${canary}`, ["2:8: this quote is never closed: close it"]],
  [`'${canary}`, ["2:8: this quote is never closed: close it"]],
  [`"\\${canary}"`, ["2:9: in double quotes a backslash begins an escape: use single quotes"]],
  [`"${canary}" ${canary}`, [`2:39: ${meaning}`]],
  [`${canary}: x: y`, [`2:8: ${nested}`]],
  [`${canary}\n value: ${canary}`, [`2:8: ${nested}`]],
  [`a\n\t${canary}`, ["3:1: the indentation doesn't fit: indent with spaces, the same for all keys of one level"]],
  [`x\nvalue: ${canary}`, ["3:1: this key is here twice: keep one"]],
  [`x\n${canary}: 1\n${canary}: 2`, ["4:1: this key is here twice: keep one"]],
  [`x\n${canary}`, ["3:1: this is no key: value; is a colon missing, or a quote?"]],
  [`x\n<<: ${canary}`, ["1:1: an alias or a merge key here can't be resolved: write out what it stands for"]],
])("value: %s", (value, expected) => {
  const found = problems(`name: openai\nvalue: ${value}\nworkspace: production\n`, settings(elsewhere));
  expect(found.join()).not.toContain(canary);
  expect(found).toEqual(expected);
});

test("what YAML means is kept: anchors, merges, comments, block texts", () => {
  const text = `secrets:
  - &base { name: a, workspace: production, type: api-token, value: "x" } # comment
  - { <<: *base, name: b }
  - name: c
    workspace: production
    value: |
      two
      lines
`;
  expect(problems(text, settings(elsewhere))).toEqual([]);
});

test("aliases that multiply are refused, not expanded", () => {
  const lines = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [one, before] of ["ba", "cb", "dc", "ed", "fe"].map((pair) => [...pair])) {
    lines.push(`${one}: &${one} [${Array(9).fill(`*${before}`).join(", ")}]`);
  }
  expect(problems(lines.join("\n"))).toEqual([
    "1:1: an alias or a merge key here can't be resolved: write out what it stands for",
  ]);
});

test("each document's first error is reported", () => {
  expect(problems(`name: "a\n---\nname: @b\n---\nname: c\n`)).toEqual(["1:7: this quote is never closed: close it"]);
  expect(problems("name: `a\n---\nname: @b\n")).toEqual([`1:7: ${meaning}`, `3:7: ${meaning}`]);
});

const yamlish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."name: |value: |secrets:\n|  - |fields: |{|}|[|]|, |: |\"|'|\n|\n  |\t|#|*|&|!|%|@|`|>|---\n|workspace: production|config: |? |<<: |env:\n|tags: |~|0|true".split(
          "|",
        ),
        "|",
        canary,
        ` ${canary} `,
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(""));

test("whatever stands in the file: problems or none, and never a value in one", () => {
  const printed: unknown[] = [];
  const warned = jest.spyOn(process, "emitWarning").mockImplementation((warning) => void printed.push(warning));
  fc.assert(
    fc.property(yamlish, (text) => {
      expect(problems(text, settings(elsewhere)).join("\n")).not.toContain(canary);
    }),
    { numRuns: 2000 },
  );
  warned.mockRestore();
  expect(printed).toEqual([]);
});
