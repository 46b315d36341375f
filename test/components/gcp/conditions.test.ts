import { run } from "@bufbuild/cel";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { ownSecrets, projectWideCondition, roleCondition } from "../../../components/gcp/conditions";
import type { WorkspaceRef } from "../../../index";
import { gcpRef, projectId, projectNumber } from "../../support/gcp";

const regionalRef: WorkspaceRef = { ...gcpRef, location: "europe-west3" };
const secret = "secretmanager.googleapis.com/Secret";
const version = "secretmanager.googleapis.com/SecretVersion";
const inProject = (id: string) => `projects/${projectNumber}/secrets/${id}`;

function decide(expression: string, type: string, name: string, time = "2026-06-01T00:00:00Z"): unknown {
  const resource = new Map(Object.entries({ type, name }));
  return run(expression, { resource, request: new Map([["time", timestampFromDate(new Date(time))]]) });
}

test.each([
  ["a secret", secret, inProject("vantedge--production--key"), true],
  ["its version", version, `${inProject("vantedge--production--key")}/versions/1`, true],
  ["a secret of another workspace", secret, inProject("vantedge--staging--key"), false],
  ["a version of another workspace", version, `${inProject("vantedge--staging--key")}/versions/1`, false],
  ["a workspace that begins alike", version, `${inProject("vantedge--production-eu--key")}/versions/1`, false],
  ["a prefix that begins alike", version, `${inProject("vantedge-2--production--key")}/versions/1`, false],
  ["a secret that is nobody's", version, `${inProject("password")}/versions/1`, false],
  ["the project's id for its number", secret, `projects/${projectId}/secrets/vantedge--production--key`, false],
  ["another project", secret, "projects/999999999999/secrets/vantedge--production--key", false],
  ["a number that begins alike", secret, `projects/${projectNumber}0/secrets/vantedge--production--key`, false],
  ["the project", "cloudresourcemanager.googleapis.com/Project", `projects/${projectNumber}`, false],
  ["another type under our names", "example.googleapis.com/Secret", inProject("vantedge--production--key"), false],
  [
    "a regional secret",
    secret,
    `projects/${projectNumber}/locations/europe-west3/secrets/vantedge--production--key`,
    false,
  ],
])("the workspace's secrets: %s", (_, type, name, expected) => {
  expect(decide(ownSecrets(gcpRef), type, name)).toBe(expected);
});

test.each([
  ["in its location", "locations/europe-west3/", "production", true],
  ["global", "", "production", true],
  ["in another location", "locations/europe-west1/", "production", false],
  ["of another workspace there", "locations/europe-west3/", "staging", false],
])("with a location: %s", (_, place, workspace, expected) => {
  const name = `projects/${projectNumber}/${place}secrets/vantedge--${workspace}--key`;
  expect(decide(ownSecrets(regionalRef), secret, name)).toBe(expected);
  expect(decide(ownSecrets(regionalRef), version, `${name}/versions/1`)).toBe(expected);
});

test.each([
  ["2027-01-31T17:59:59Z", true],
  ["2027-01-31T18:00:00Z", false],
])("until: at %s", (time, expected) => {
  const end = "2027-01-31T18:00:00Z";
  const own = inProject("vantedge--production--key");
  for (const sharing of ["none", "strict"] as const) {
    const condition = roleCondition({ ref: gcpRef, sharing }, end);
    expect(decide(condition?.expression as string, secret, own, time)).toBe(expected);
  }
  const wide = projectWideCondition({ ref: gcpRef, sharing: "open" }, "Listing", end);
  expect(decide(wide.expression, "cloudresourcemanager.googleapis.com/Project", own, time)).toBe(expected);
});

test("a project of its own needs no condition", () => {
  expect(roleCondition({ ref: gcpRef, sharing: "none" }, undefined)).toBeUndefined();
});

test("conditions of two workspaces are never one to IAM", () => {
  const refs = [gcpRef, { ...gcpRef, name: "staging" }, { ...gcpRef, prefix: "acme" }];
  const texts = refs.map((ref) => JSON.stringify(projectWideCondition({ ref, sharing: "open" }, "Listing", undefined)));
  expect(new Set(texts).size).toBe(3);
});

test("the longest names keep Google's limits", () => {
  const ref = {
    ...regionalRef,
    name: "w".repeat(32),
    prefix: "p".repeat(63),
    projectNumber: "9".repeat(19),
    location: "northamerica-northeast2",
  };
  const end = "2027-01-31T18:00:00Z";
  const conditions = [
    roleCondition({ ref, sharing: "none" }, end),
    roleCondition({ ref, sharing: "open" }, end),
    projectWideCondition({ ref, sharing: "open" }, "Creation", end),
  ];
  for (const condition of conditions) {
    expect(condition?.title.length).toBeLessThanOrEqual(100);
    expect(condition?.description.length).toBeLessThanOrEqual(256);
    expect(condition?.expression.match(/&&|\|\|/g)?.length ?? 0).toBeLessThanOrEqual(12);
  }
});
