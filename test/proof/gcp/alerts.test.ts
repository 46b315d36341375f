import { AuditTrail } from "../../../index";
import entries from "../../fixtures/gcp/auditLogEntries.json";
import { gcpCalls, projectId, projectNumber } from "../../support/gcp";
import { type LogEntry, matches, parse, type Query } from "../../support/logQuery";
import { named, only, run } from "../../support/mocks";
import { mutantsOf } from "./logQueryMutants";

/** The filters as the component makes them, decided on entries of Cloud Audit Logs: components/gcp/policies/alerts.json. */
const make = () =>
  new AuditTrail("audit", {
    organization: "AI Startup",
    gcp: {
      projectId,
      projectNumber,
      location: "europe-west3",
      denyPolicy: { readers: ["group:leads@ai-startup.example"] },
    },
    workspaces: [
      {
        name: "production",
        gke: { projectId, projectNumber, namespace: "production" },
        serviceAccounts: [
          "web@ai-startup-production.iam.gserviceaccount.com",
          "jobs@other-project.iam.gserviceaccount.com",
        ],
      },
      {
        name: "production-eu",
        gke: { projectId: "ai-startup-clusters", projectNumber: "210987654321", namespace: "production-eu" },
      },
      { name: "staging", prefix: "acme" },
    ],
  });

interface Row {
  name: string;
  alerts: string[];
  /** Whether the sink brings it to the bucket. */
  kept?: boolean;
  entry: LogEntry;
}
const rows = entries as Row[];
const kept = "sink";
let queries: Record<string, Query>;

beforeAll(async () => {
  const { resources } = await run(make, { calls: gcpCalls });
  const policies = Object.values(named(resources, "gcp:monitoring/alertPolicy:AlertPolicy"));
  const filters = policies.map(({ inputs }) => {
    const [condition] = inputs.conditions as [{ conditionMatchedLog: { filter: string } }];
    return [(inputs.displayName as string).slice("vantedge-".length), condition.conditionMatchedLog.filter];
  });
  const sink = only(resources, "gcp:logging/projectSink:ProjectSink").inputs.filter as string;
  queries = Object.fromEntries([...filters, [kept, sink]].map(([name, filter]) => [name, parse(filter as string)]));
});

const answersOf = (query: Query) => rows.map(({ entry }) => matches(query, entry));
const expectationOf = (name: string) =>
  rows.map((row) => (name === kept ? (row.kept ?? true) : row.alerts.includes(name)));

test("the table has entries enough, each once, of each alert", () => {
  expect(rows.length).toBeGreaterThanOrEqual(100);
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  expect(new Set(rows.flatMap(({ alerts }) => alerts))).toEqual(
    new Set(Object.keys(queries).filter((name) => name !== kept)),
  );
});

test("each entry raises the alerts of the table, and no other, and is kept", () => {
  const found = rows.map(({ name, entry }) => [
    name,
    Object.keys(queries).filter((alert) => matches(queries[alert] as Query, entry)),
  ]);
  const expected = rows.map(({ name, alerts, kept: isKept = true }) => [name, isKept ? [...alerts, kept] : alerts]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
});

test("whatever raises an alert is kept", () => {
  expect(rows.filter(({ alerts, kept: isKept }) => alerts.length > 0 && isKept === false)).toEqual([]);
});

/** Mutants that change nothing, and why they may. */
const redundant = [
  {
    mutant: /^(roles|archive): (NOT )?protoPayload.methodName: a part of it$/,
    why: "no method's name holds another one's",
  },
  { mutant: /: protoPayload.serviceName: a part of it$/, why: "no service's name holds another one's" },
  { mutant: /^denied-\w+: protoPayload.status.code: a part of it$/, why: "a number has no part" },
];

test("every clause, branch and pattern of every filter decides something", () => {
  // Undecided here: the other alerts of a kind differ from these in names only.
  const representative = Object.entries(queries).filter(([name]) => !/-acme$|-production-eu$|-staging$/.test(name));
  const mutants = representative.flatMap(([name, query]) => mutantsOf(query).map((mutant) => ({ name, ...mutant })));
  const survivors = mutants
    .filter(({ name, query }) => String(answersOf(query)) === String(expectationOf(name)))
    .map(({ name, what }) => `${name}: ${what}`);
  expect(survivors.filter((survivor) => !redundant.some(({ mutant }) => mutant.test(survivor)))).toEqual([]);
  expect(redundant.filter(({ mutant }) => !survivors.some((survivor) => mutant.test(survivor)))).toEqual([]);
  expect(mutants.length).toBeGreaterThan(100);
});
