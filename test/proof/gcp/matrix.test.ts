import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Books, decideRow, folder, type MatrixRow, matrix, open } from "./matrix";

let books: Books;
beforeAll(async () => {
  books = await open();
});

test.each(matrix)("$role $action $resource_scope ($condition_context): $expected, $why", (row) => {
  expect(decideRow(row, books)).toBe(row.expected);
});

/** The matrix is kept beside the repository: a clone has a copy. */
test("gcp.csv is the matrix that stands beside the repository", () => {
  const source = path.resolve(__dirname, "../../../../shared/matrix/gcp.csv");
  if (!existsSync(source)) return;
  const same = readFileSync(path.join(folder, "gcp.csv")).equals(readFileSync(source));
  expect(same ? "" : "test/fixtures/matrix/gcp.csv differs from ../shared/matrix/gcp.csv: copy it again").toBe("");
});

const right: MatrixRow = {
  role: "admin",
  action: "secretmanager.versions.access",
  resource_scope: "same-ws-version",
  condition_context: "mode=project",
  expected: "Allow",
  why: "",
};

test.each<[Partial<MatrixRow>, string]>([
  [{ role: "boss" }, "role boss: known are "],
  [
    { action: "secretmanager.vaults.open" },
    "permission secretmanager.vaults.open: neither of Secret Manager nor one that leads to its secrets",
  ],
  [
    { action: "storage.objects.get" },
    "permission storage.objects.get: neither of Secret Manager nor one that leads to its secrets",
  ],
  [{ resource_scope: "same-ws-vault" }, "scope same-ws-vault: known are "],
  [
    { resource_scope: "same-ws-project" },
    "secretmanager.versions.access is asked of a secret, and the place is project",
  ],
  [{ condition_context: "mode=dedicated" }, "mode dedicated: known are project, project-deny, "],
  [{ condition_context: "-" }, "context -: known is mode=MODE"],
  [{ condition_context: "mode=project;hour=3" }, "context mode=project;hour=3: known is mode=MODE"],
])("a word that the matrix does not have is an error: %j", (wrong, message) => {
  expect(() => decideRow({ ...right, ...wrong }, books)).toThrow(message);
});
