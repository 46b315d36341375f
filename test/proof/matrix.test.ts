import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Books, decideRow, folder, matrix, open } from "./matrix";

let books: Books;
beforeAll(async () => {
  books = await open();
});

test.each(matrix)("$role $action $resource_scope ($condition_context): $expected, $why", async (row) => {
  expect(await decideRow(row, books)).toBe(row.expected);
});

/** The matrix is kept beside the repository: a clone has a copy. */
test.each(["aws.csv", "aws-fixtures.json"])("%s is the matrix that stands beside the repository", (file) => {
  const source = path.resolve(__dirname, "../../../shared/matrix", file);
  if (!existsSync(source)) return;
  const same = readFileSync(path.join(folder, file)).equals(readFileSync(source));
  expect(same ? "" : `test/fixtures/matrix/${file} differs from ../shared/matrix/${file}: copy it again`).toBe("");
});
