import { readFileSync } from "node:fs";
import path from "node:path";
import { points } from "../../../local/liveCheck/points";
import { pointList } from "../../../local/liveCheck/report";

const readme = readFileSync(path.join(__dirname, "..", "..", "..", "README.md"), "utf8");

test("the README lists every point that is unconfirmed, as the table has it", () => {
  const [, section = ""] = readme.split("## Unconfirmed until someone runs it\n");
  const listed = (section.split("\n## ")[0] as string).split("\n").filter((line) => line.startsWith("- "));
  expect(listed).toEqual(pointList(points));
});

test("each point has a name of its own, a statement, and a source or the word that there is none", () => {
  expect(new Set(points.map(({ id }) => id)).size).toBe(points.length);
  expect(new Set(points.map(({ statement }) => statement)).size).toBe(points.length);
  for (const { id, source } of points) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(source).toMatch(/^(https:\/\/docs\.aws\.amazon\.com\/\S+\.html|undocumented)$/);
  }
});
