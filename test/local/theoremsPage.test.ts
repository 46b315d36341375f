import { readFileSync } from "node:fs";
import { renderedTheorems, theoremsFile } from "../../local/theoremsPage";

test("docs/access.md lists the theorems as they are: npm run theorems:page writes it", () => {
  expect(readFileSync(theoremsFile, "utf8")).toBe(renderedTheorems());
});
