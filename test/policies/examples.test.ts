import google from "../../examples/ci/google";
import roles from "../../examples/ci/roles";
import { policies } from "../../policies/presets";
import { settings } from "../examples/ci/settings";
import { run } from "../support/mocks";
import { analyze } from "./support/analyzer";
import { fixturesOf } from "./support/registered";

const { github, gitlab, stateBucket } = settings;
const config = {
  "project:stateBucket": stateBucket,
  "project:github": JSON.stringify(github),
  "project:gitlab": JSON.stringify(gitlab),
  "project:projectId": "acme-ci",
  "project:projectNumber": "123456789012",
};

test.each(Object.entries({ roles, google }))("examples/ci/%s keeps every rule but advice", async (_, program) => {
  const { resources } = await run(program, { config });
  const found = await analyze(policies("strict"), fixturesOf(resources));
  expect(found.filter(({ level }) => level !== "advisory")).toEqual([]);
  expect(resources.length).toBeGreaterThan(3);
});
