import { startAddOns } from "../../../local/cloud/addOns";
import { Daemons } from "../../../local/cloud/processes";
import { optional, PartUnavailable } from "../../../local/cloud/unavailable";

const directory = "/nonexistent";
const daemons = new Daemons(directory);
const cluster = { value: { url: "https://127.0.0.1:1", kubeconfig: "/nonexistent" } };
const aws = { value: { clients: "http://127.0.0.1:1", operator: "http://127.0.0.1:1" } };
const unbuilt = {
  externalSecrets: { why: "there is no go" },
  reloader: { why: "it can't be built" },
  secretsStore: { why: "its module can't be fetched" },
  secretSync: { why: "it can't be read" },
};
const built = {
  externalSecrets: { value: { binary: "", definitions: "" } },
  reloader: { value: "" },
  secretsStore: { value: "" },
  secretSync: { value: "" },
};

test.each([
  [
    "they can't be had",
    unbuilt,
    { kubernetes: cluster, aws },
    ["there is no go", "it can't be built", "its module can't be fetched", "it can't be read"],
  ],
  ["there is no cluster", built, { kubernetes: { why: "no etcd" }, aws }, ["no etcd", "no etcd", "no etcd", "no etcd"]],
  [
    "there is no AWS API to read from",
    { ...unbuilt, externalSecrets: built.externalSecrets },
    { kubernetes: cluster, aws: { why: "no python" } },
    ["no python", "it can't be built", "its module can't be fetched", "it can't be read"],
  ],
])("a cloud goes on without its add-ons and says why: %s", async (_case, addOns, clouds, why) => {
  const parts = await startAddOns(daemons, directory, addOns, clouds);
  expect(parts).toMatchObject([
    { name: "external-secrets", real: false, version: "absent", why: why[0] },
    { name: "reloader", real: false, version: "absent", why: why[1] },
    { name: "secrets-store", real: false, version: "absent", why: why[2] },
    { name: "secret-sync", real: false, version: "absent", why: why[3] },
  ]);
});

test("whatever fails in an optional part is told in one line", async () => {
  await expect(optional("it can't be built", Promise.reject(new Error("go build:\n  no space")))).resolves.toEqual({
    why: "it can't be built: go build: no space",
  });
  await expect(optional("it can't be built", Promise.reject(new PartUnavailable("there is no go")))).resolves.toEqual({
    why: "there is no go",
  });
  await expect(optional("it can't be built", Promise.resolve("/bin/x"))).resolves.toEqual({ value: "/bin/x" });
});
