import { generateKeyPairSync } from "node:crypto";
import type { GcpCloudPlace } from "../../../components/backend";
import { accessProblem } from "../../../components/gcp/preflight";
import { canary } from "../../support/fixtures";
import { type Reply, serve } from "../../support/server";

const place: GcpCloudPlace = { cloud: "gcp", projectId: "ai-startup-production", projectNumber: "123456789012" };
const deployer = "deployer@ai-startup-production.iam.gserviceaccount.com";
const environment = { ...process.env };
let google: Awaited<ReturnType<typeof serve>>;
let replies: Record<string, Reply>;
let asked: { path: string; token: string | undefined }[];

beforeAll(async () => {
  // Google's client brings a fetch of its own by a dynamic import, which jest doesn't have; this makes it take node's.
  Object.assign(globalThis, { window: { fetch } });
  google = await serve(({ url = "", headers }) => {
    asked.push({ path: url, token: headers.authorization?.replace("Bearer ", "") });
    return replies[url.includes(":generateAccessToken") ? "token" : "project"] ?? refused(404, "NOT_FOUND");
  });
});
afterAll(async () => {
  Reflect.deleteProperty(globalThis, "window");
  await google.stop();
});

beforeEach(() => {
  asked = [];
  replies = { project: project("123456789012") };
  for (const name of Object.keys(process.env))
    if (/^(GOOGLE|GCE|GCLOUD|CLOUDSDK)_/.test(name)) delete process.env[name];
  Object.assign(process.env, {
    GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: `${google.url}/v1/`,
    GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: `${google.url}/v1/`,
    GOOGLE_OAUTH_ACCESS_TOKEN: "own-token",
    // No look for a metadata server: https://www.npmjs.com/package/gcp-metadata
    METADATA_SERVER_DETECTION: "none",
    CLOUDSDK_CONFIG: "/nowhere",
    HOME: "/nowhere",
  });
});
afterEach(() => {
  process.env = { ...environment };
});

const json = (data: object, status = 200): Reply => ({ status, type: "application/json", body: JSON.stringify(data) });
const project = (projectNumber: string) => json({ projectNumber, projectId: place.projectId });
const refused = (code: number, status: string, reason = "") =>
  json({ error: { code, status, message: canary, details: [{ reason }] } }, code);

test("credentials that see the project are no problem", async () => {
  expect(await accessProblem(place)).toBeUndefined();
  expect(asked).toEqual([{ path: "/v1/projects/ai-startup-production", token: "own-token" }]);
});

const renew =
  "the Google credentials for Google Cloud project ai-startup-production have expired or are refused: " +
  'run "gcloud auth application-default login", or renew them';
const unseen =
  "the credentials see no Google Cloud project ai-startup-production: correct projectId, or allow them resourcemanager.projects.get";

test.each<[string, Reply, string]>([
  [
    "another number",
    project("999999999999"),
    "gcp.projectNumber: project ai-startup-production has the number 999999999999, not 123456789012, and conditions of " +
      "IAM know a project by its number: correct projectNumber or projectId",
  ],
  ["an expired token", refused(401, "UNAUTHENTICATED"), renew],
  ["a refusal", refused(403, "PERMISSION_DENIED"), unseen],
  ["no such project", refused(404, "NOT_FOUND"), unseen],
  [
    "an API that is off",
    refused(403, "PERMISSION_DENIED", "SERVICE_DISABLED"),
    'the API that tells a project\'s number is off: run "gcloud services enable cloudresourcemanager.googleapis.com" in ' +
      "the project of the credentials",
  ],
  [
    "an answer that nobody knows",
    refused(500, "INTERNAL"),
    "Google Cloud can't be reached for Google Cloud project ai-startup-production (500): check the network and the proxy",
  ],
])("says in one line: %s", async (_, reply, expected) => {
  replies.project = reply;
  expect(await accessProblem(place)).toBe(expected);
});

const none =
  "no Google credentials found for Google Cloud project ai-startup-production: run " +
  '"gcloud auth application-default login", or set GOOGLE_APPLICATION_CREDENTIALS to a credential file';

test.each([
  ["no credentials at all", {}],
  ["a credential file that isn't there", { GOOGLE_APPLICATION_CREDENTIALS: "/nowhere/key.json" }],
  ["a key that isn't there", { GOOGLE_CREDENTIALS: "/nowhere/key.json" }],
  ["a key of no kind that is known", { GOOGLE_CREDENTIALS: '{"type": "password"}' }],
  ["a key that is no JSON, and is not repeated", { GOOGLE_CREDENTIALS: `{"private_key": ${canary}` }],
])("%s", async (_, variables) => {
  delete process.env.GOOGLE_OAUTH_ACCESS_TOKEN;
  Object.assign(process.env, variables);
  expect(await accessProblem(place)).toBe(none);
  expect(asked).toEqual([]);
});

test("nobody there", async () => {
  process.env.GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT = "http://127.0.0.1:9/v1/";
  expect(await accessProblem(place)).toMatch(
    /^Google Cloud can't be reached for Google Cloud project ai-startup-production \([\w]+\): check the network and the proxy$/,
  );
});

test("a key of a service account is exchanged for a token, and its text is in no message", async () => {
  delete process.env.GOOGLE_OAUTH_ACCESS_TOKEN;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = {
    type: "service_account",
    client_email: deployer,
    private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
  process.env.GOOGLE_CREDENTIALS = JSON.stringify(key);
  // It signs its token itself for Google's APIs; the project is asked with that.
  const problem = await accessProblem(place);
  expect(problem ?? "").not.toContain("PRIVATE KEY");
  expect(asked.every(({ token }) => token !== "own-token")).toBe(true);
});

test("as a service account, its token is taken first", async () => {
  replies.token = json({ accessToken: "deployer-token", expireTime: "2099-01-01T00:00:00Z" });
  expect(await accessProblem({ ...place, impersonateServiceAccount: deployer })).toBeUndefined();
  expect(asked).toEqual([
    { path: `/v1/projects/-/serviceAccounts/${deployer}:generateAccessToken`, token: "own-token" },
    { path: "/v1/projects/ai-startup-production", token: "deployer-token" },
  ]);
});

test("a service account that may not be acted as", async () => {
  replies.token = refused(403, "PERMISSION_DENIED");
  expect(await accessProblem({ ...place, impersonateServiceAccount: deployer })).toBe(
    `the credentials may not act as ${deployer}: allow them roles/iam.serviceAccountTokenCreator on it`,
  );
});
