import path from "node:path";
import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { CronJob } from "@pulumi/kubernetes/batch/v1";
import { accessProblem } from "../../components/aws/preflight";
import { accessProblem as googleProblem } from "../../components/gcp/preflight";
import { clusterProblems } from "../../components/kubernetes/preflight";
import { provisionManifest } from "../../components/manifest/provision";
import { DeploymentBinding, Secret, Workspace } from "../../index";
import { policies } from "../../policies/presets";
import { answers, oidcProviderArn } from "../support/bindings";
import { accountId, production } from "../support/fixtures";
import { run } from "../support/mocks";
import { analyze } from "./support/analyzer";
import type { Fixture } from "./support/fixture";
import { fixturesOf } from "./support/registered";

// All ask over the network; each has a test of its own.
jest.mock("../../components/aws/preflight", () => ({
  ...jest.requireActual("../../components/aws/preflight"),
  accessProblem: jest.fn(),
}));
jest.mock("../../components/gcp/preflight", () => ({ accessProblem: jest.fn() }));
jest.mock("../../components/kubernetes/preflight", () => ({ clusterProblems: jest.fn() }));
jest.mocked(accessProblem).mockResolvedValue(undefined);
jest.mocked(googleProblem).mockResolvedValue(undefined);
jest.mocked(clusterProblems).mockResolvedValue([]);

const keys = ["openaiApiKey", "databaseUsername", "databasePassword", "databaseUrl", "stripeApiKey"];
const more = ["openaiDevKey", "testDatabasePassword", "stripeTestKey"];
const config = Object.fromEntries([...keys, ...more].map((key) => [`project:${key}`, `canary-${key}`]));
const calls = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId }),
  "gcp:organizations/getProject:getProject": ({ projectId }: Record<string, unknown>) => ({
    number: String(projectId).endsWith("production") ? "111111111111" : "222222222222",
  }),
  ...answers,
  "gcp:secretmanager/getSecretVersion:getSecretVersion": () => ({
    version: "1",
    createTime: "2026-11-25T15:01:23Z",
    enabled: true,
  }),
};

const containers = [{ name: "main", image: "registry.example.com/main:1.0" }];

/** The quickstart's program, without what depends on where it is installed. */
async function quickstart(manifest: string): Promise<Fixture[]> {
  const file = path.join(__dirname, "..", "..", "examples", "quickstart", manifest);
  const { resources } = await run(
    async () => {
      const { bindings } = await provisionManifest(file);
      const metadata = { labels: { app: "agent" } };
      const spec = { selector: { matchLabels: metadata.labels }, template: { metadata, spec: { containers } } };
      new Deployment("agent", bindings["production/support-agent"]?.inject({ spec }));
      const job = { template: { spec: { restartPolicy: "OnFailure", containers } } };
      const weekly = { schedule: "0 6 * * 1", jobTemplate: { spec: job } };
      new CronJob("report", bindings["production/usage-report"]?.inject({ spec: weekly }));
    },
    { config, calls },
  );
  return fixturesOf(resources);
}

test.each(["vantedge.yaml", "vantedge.gcp.yaml"])(
  "%s of the quickstart keeps every rule but advice",
  async (manifest) => {
    const found = await analyze(policies("strict"), await quickstart(manifest));
    expect(found.filter(({ level }) => level !== "advisory")).toEqual([]);
    // Advice of one rule, to see that the pods were looked at.
    expect(found.map(({ policy }) => policy)).toContain("kubernetes-env-from-secret");
    expect(JSON.stringify(found)).not.toContain("canary-");
  },
);

test("a rotated secret as a variable, with nothing but defaults, keeps them too", async () => {
  const lambdaArn = `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--rotator`;
  const { resources } = await run(
    () => {
      const cluster = { eksIrsa: { oidcProviderArn } };
      const { ref } = new Workspace("production", {
        ...production,
        rotator: true,
        kubernetes: { namespace: "production", cluster },
      });
      const fields = { username: "u", password: "canary-p" };
      const db = new Secret("db", { workspace: ref, fields, rotation: { lambdaArn, intervalDays: 30 } });
      const env = { DB_PASSWORD: { secret: "db", field: "password" } };
      const agent = new DeploymentBinding("agent", { workspace: ref, env }, { dependsOn: [db] });
      const metadata = { labels: { app: "agent" } };
      const spec = { selector: { matchLabels: metadata.labels }, template: { metadata, spec: { containers } } };
      new Deployment("agent", agent.inject({ spec }));
    },
    { calls },
  );
  const found = await analyze(policies("strict"), fixturesOf(resources));
  expect(found.filter(({ level }) => level !== "advisory")).toEqual([]);
  expect(found.map(({ policy }) => policy)).toContain("kubernetes-env-from-secret");
});
