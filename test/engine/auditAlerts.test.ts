import { alertRules } from "../../components/aws/alertRules";
import { topicArn } from "../../components/aws/alertTopic";
import type { AwsTrailSpec } from "../../components/backend";
import { accountId } from "../support/fixtures";
import { events } from "./support/cloudTrail";
import { matches } from "./support/eventMatcher";
import { mutantsOf } from "./support/patternMutants";

/** Decided by moto's matcher, since EventBridge itself can't be asked: components/aws/policies/alerts.json. */
const spec: AwsTrailSpec = {
  cloud: "aws",
  given: [],
  organization: "AI Startup",
  accountId,
  region: "us-east-1",
  workspaces: [
    { name: "production", regions: ["us-east-1", "eu-west-1"] },
    { name: "production-eu" },
    { name: "staging", prefix: "acme" },
  ],
  retentionDays: 365,
  objectLock: "governance",
  existingTrailArn: undefined,
  logArchive: undefined,
  emails: [],
  alertTargetArns: undefined,
  tags: {},
};
const rules = alertRules(spec, (region) => topicArn(spec, region));

/** Undecided here: the other rules of a kind differ from these in names only. */
const representative = rules.filter(
  ({ name, region }) => region === "us-east-1" && !/-acme$|-production-eu$|-staging$/.test(name),
);

/** Each rule's answers for the table's events: a rule sees those of its own region. */
function answersOf(patterns: { region: string; pattern: string }[]): boolean[][] {
  const decided = matches(
    patterns.map(({ pattern }) => pattern),
    events.map(({ event }) => event),
  );
  return decided.map((answers, rule) =>
    answers.map((answer, index) => answer && events[index]?.region === patterns[rule]?.region),
  );
}

const kindOf = (name: string) => name.slice("vantedge-".length);

test("the table has events enough, each once", () => {
  expect(events.length).toBeGreaterThanOrEqual(60);
  expect(new Set(events.map(({ name }) => name)).size).toBe(events.length);
});

test("each event raises the alerts of the table, and no other", () => {
  const answers = answersOf(rules);
  const found = events.map(({ name }, index) => [
    name,
    rules.filter((_, rule) => answers[rule]?.[index]).map((rule) => kindOf(rule.name)),
  ]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(events.map(({ name, alerts }) => [name, alerts])));
});

test("every kind of alert is raised by some event", () => {
  const raised = events.flatMap(({ alerts }) => alerts);
  expect(rules.map(({ name }) => kindOf(name)).filter((kind) => !raised.includes(kind))).toEqual([]);
});

/** Mutants that change nothing, and why they may. */
const redundant = [
  {
    mutant: /: drop detail-type$/,
    why: "AWS asks for it where a rule sees reads; no other type of event has these fields",
  },
];

test("every field, branch and value of every pattern decides something", () => {
  const mutants = representative.flatMap((rule) => mutantsOf(rule.pattern).map((mutant) => ({ ...rule, ...mutant })));
  const originals = answersOf(representative).map(String);
  const changed = answersOf(mutants).map(String);
  const survivors = mutants
    .filter(({ name }, index) => changed[index] === originals[representative.findIndex((rule) => rule.name === name)])
    .map(({ name, what }) => `${name}: ${what}`);
  expect(survivors.filter((survivor) => !redundant.some(({ mutant }) => mutant.test(survivor)))).toEqual([]);
  expect(redundant.filter(({ mutant }) => !survivors.some((survivor) => mutant.test(survivor)))).toEqual([]);
  expect(mutants.length).toBeGreaterThan(200);
});
