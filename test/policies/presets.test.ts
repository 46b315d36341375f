import { Preset } from "../../policies/levels";
import { policies } from "../../policies/presets";
import { rules } from "../../policies/rules";

const levelsOf = (preset?: Preset) => policies(preset).map(({ enforcementLevel }) => enforcementLevel);

test("advisory stops nothing", () => {
  expect(new Set(levelsOf(Preset.Advisory))).toEqual(new Set(["advisory"]));
});

test("recommended, the default, stops at what leaks values or access", () => {
  const expected = rules.map(({ facts: { severity, opinion } }) =>
    opinion === undefined && ["high", "critical"].includes(severity) ? "mandatory" : "advisory",
  );
  expect(levelsOf()).toEqual(expected);
  expect(levelsOf(Preset.Recommended)).toEqual(expected);
  expect(new Set(expected)).toEqual(new Set(["mandatory", "advisory"]));
});

test("strict stops at everything but what is a matter of opinion", () => {
  expect(levelsOf(Preset.Strict)).toEqual(
    rules.map(({ facts }) => (facts.opinion === undefined ? "mandatory" : "advisory")),
  );
});

test("a rule taken by itself has the recommended level", () => {
  expect(rules.map(({ enforcementLevel }) => enforcementLevel)).toEqual(levelsOf());
});
