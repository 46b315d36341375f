import { disagreements, repeated, weakened } from "./rows";
import { stage } from "./world";

test("each layer holds where others are hostile, or are not there", async () => {
  const set = await stage();
  const rows = await weakened(set);
  expect(repeated(rows)).toEqual([]);
  process.stdout.write(`layers alone, and under attack: ${rows.length} decisions\n`);
  expect(await disagreements(rows, set)).toEqual([]);
});
