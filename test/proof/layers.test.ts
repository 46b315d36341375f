import { disagreements, repeated, weakened } from "./rows";
import { stage } from "./world";

test("each layer holds where others are hostile, or are not there", async () => {
  const set = await stage();
  const rows = await weakened(set);
  expect(repeated(rows)).toEqual([]);
  console.info(`${rows.length} decisions: layers`);
  expect(await disagreements(rows, set)).toEqual([]);
});
