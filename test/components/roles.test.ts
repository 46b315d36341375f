import { readFileSync } from "node:fs";
import { allows, permissions, permissionsOf, type RoleName, roleMatrix, roleNames } from "../../components/roles";

/** The product page's table, as it is written there. */
const page = `
| Role       | Create | View List | Retrieve Values | Update | Delete |
| **Viewer** | ❌      | ✅         | ❌               | ❌      | ❌      |
| **Member** | ✅      | ✅         | ❌               | ✅      | ✅      |
| **Admin**  | ✅      | ✅         | ✅               | ✅      | ✅      |
| **Owner**  | ✅      | ✅         | ✅               | ✅      | ✅      |
`;
const rows = page
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("*", "").toLowerCase()))
  .map(([, role, ...cells]) => [role as RoleName, cells.slice(0, 5).map((cell) => cell === "✅")] as const);

test.each(rows)("the first five columns of %s are the product page's", (role, columns) => {
  expect(permissions.slice(0, 5).map((permission) => allows(role, permission))).toEqual(columns);
});

test.each([
  ["viewer", ["list"]],
  ["member", ["create", "list", "update", "delete"]],
  ["admin", ["create", "list", "retrieve", "update", "delete"]],
  ["owner", ["create", "list", "retrieve", "update", "delete", "resourcePolicy", "rotation", "forceDelete"]],
] as const)("%s may %j", (role, expected) => {
  expect(permissionsOf(role)).toEqual(expected);
});

test("every role has every column, and the lists hold all of them", () => {
  expect(Object.keys(roleMatrix)).toEqual(roleNames);
  for (const role of roleNames) expect(Object.keys(roleMatrix[role])).toEqual(permissions);
});

test("a role may do all that the role before it may", () => {
  for (const [index, role] of roleNames.entries()) {
    expect(permissionsOf(role)).toEqual(expect.arrayContaining(roleNames.slice(0, index).flatMap(permissionsOf)));
  }
});

test("the matrix knows no cloud", () => {
  expect(readFileSync("components/roles.ts", "utf8")).not.toMatch(/import|aws|gcp|secretsmanager/i);
});
