import { disagreements, product, repeated } from "./rows";
import { stage } from "./world";

test("the full product of who, what and where is decided as the rules say", async () => {
  const set = await stage();
  const rows = await product(set);
  expect(repeated(rows)).toEqual([]);
  expect(rows.length).toBeGreaterThan(1_500);
  process.stdout.write(`the full product: ${rows.length} decisions\n`);
  expect(await disagreements(rows, set)).toEqual([]);
});
