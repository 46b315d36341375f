import { type MachineFacts, missingPrerequisites } from "../../../local/cloud/prerequisites";

const complete: MachineFacts = {
  platform: "linux",
  node: "20.20.2",
  npm: "10.8.2",
  go: "1.26.8",
  python: "3.11.7",
  pythonHasVenv: true,
  terraform: "/usr/bin/terraform",
  awsProvider: undefined,
  pulumiInstalled: false,
  everythingBuilt: false,
  motoInstalled: false,
  kubectl: undefined,
  cacheDirectory: "/home/me/.cache/vantedge-secrets",
  freeDisk: 50e9,
  freeMemory: 8e9,
};
const names = (facts: Partial<MachineFacts>) => missingPrerequisites({ ...complete, ...facts }).map(({ name }) => name);

test("nothing is missing on a complete machine, kubectl is optional", () => {
  expect(missingPrerequisites(complete)).toEqual([]);
});

test("everything that is missing is listed at once, each with a way to get it", () => {
  const bare = { node: "16.1.0", npm: "6.0.0", go: undefined, python: undefined, pythonHasVenv: false };
  const missing = missingPrerequisites({ ...complete, ...bare, terraform: undefined, freeDisk: 1e9, freeMemory: 1e9 });
  expect(missing).toHaveLength(7);
  for (const { install } of missing) expect(install).not.toBe("");
});

test.each([
  ["Go is old", { go: "1.25.9" }, ["Go >= 1.26"]],
  ["Go has no patch version", { go: "1.26" }, []],
  ["Go is missing, but all is built", { go: undefined, everythingBuilt: true }, []],
  ["Python is old", { python: "3.8.1" }, ["Python >= 3.9"]],
  ["Python has no venv", { pythonHasVenv: false }, ["Python's venv module"]],
  ["Python is missing, but moto is installed", { python: undefined, pythonHasVenv: false, motoInstalled: true }, []],
  ["Terraform is missing, but its provider is there", { terraform: undefined, awsProvider: "/opt/provider" }, []],
  ["npm is missing", { npm: undefined }, ["npm >= 8"]],
  ["little disk is enough when all is built", { freeDisk: 2e9, everythingBuilt: true }, []],
  ["free memory is not known", { freeMemory: undefined }, []],
])("%s", (_case, facts, expected) => {
  expect(names(facts)).toEqual(expected);
});

test("what can be simulated is said, and Go is no such thing without an installed engine", () => {
  const simulated = (facts: Partial<MachineFacts>) =>
    missingPrerequisites({ ...complete, ...facts }).map((one) => one.simulated);
  expect(simulated({ terraform: undefined })).toEqual(["AWS"]);
  expect(simulated({ go: undefined })).toEqual([undefined]);
  expect(simulated({ go: undefined, pulumiInstalled: true })).toEqual(["Kubernetes"]);
});
