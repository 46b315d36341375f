import { permissions } from "./permissions";
import { disagreements, product, repeated, stage } from "./rows";
import { settings } from "./world";

let total = 0;

test.each(Object.entries(settings))(
  "%s: the full product of who, what and where is decided as the rules say",
  async (name, setting) => {
    const set = await stage(name, setting);
    const rows = product(set);
    expect(repeated(rows)).toEqual([]);
    expect(rows.length).toBeGreaterThan(600);
    expect(new Set(rows.map(({ request }) => request.permission))).toEqual(new Set(permissions));
    total += rows.length;
    expect(disagreements(rows, set)).toEqual([]);
  },
);

afterAll(() => {
  process.stdout.write(`the full product on Google Cloud: ${total} decisions\n`);
});
