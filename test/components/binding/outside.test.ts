import { outsideFaults } from "../../../components/binding/outside";
import { ReaderService } from "../../../components/binding/readerArgs";

const { EcsTasks, Lambda } = ReaderService;
const inPod = "is for pods: outside of a cluster take the secret under env, or under secrets to read it at run time";

test.each([EcsTasks, Lambda])("variables and fields are for everybody: %s", (service) => {
  const env = { KEY: { optional: false }, PASSWORD: {} };
  expect(outsideFaults({ env }, { service })).toEqual([]);
  expect(outsideFaults({}, { service })).toEqual([]);
});

test.each([EcsTasks, Lambda])("each reference that only a pod can take is named: %s", (service) => {
  const asked = {
    env: { URL: { template: "postgres://{{ .password }}" }, KEY: {} },
    envFrom: [{ secret: "a" }, { secret: "b" }],
    files: { "/etc/secrets": { secrets: ["a"] }, "/etc/tls": { items: {} } },
    imagePullSecrets: [{ secret: "registry" }],
    tls: [{ secret: "certificate" }],
  };
  expect(outsideFaults(asked, { service })).toEqual([
    {
      path: ["env", "URL", "template"],
      message: "is filled in for pods only: refer to the fields, and put them together in the workload",
    },
    { path: ["envFrom", 0], message: "is for pods: outside of a cluster each variable is named under env" },
    { path: ["envFrom", 1], message: "is for pods: outside of a cluster each variable is named under env" },
    { path: ["files", "/etc/secrets"], message: inPod },
    { path: ["files", "/etc/tls"], message: inPod },
    {
      path: ["imagePullSecrets", 0],
      message: "is for pods: outside of a cluster images are pulled with the workload's own role",
    },
    { path: ["tls", 0], message: inPod },
  ]);
});

test("what may be missing is refused where ECS reads it, and left to whoever reads it himself", () => {
  const env = { KEY: { optional: true } };
  expect(outsideFaults({ env }, { service: EcsTasks })).toEqual([
    {
      path: ["env", "KEY", "optional"],
      message: "is for pods: ECS starts no task whose secret or field is missing; leave it out",
    },
  ]);
  expect(outsideFaults({ env }, { service: Lambda })).toEqual([]);
  expect(outsideFaults({ env }, {})).toEqual([]);
});

test("a name that Lambda takes for no variable is refused for Lambda", () => {
  const env = { _KEY: {}, KEY_: {} };
  expect(outsideFaults({ env }, { service: Lambda })).toEqual([
    { path: ["env", "_KEY"], message: "is no name of a Lambda function's variable: begin it with a letter" },
  ]);
  expect(outsideFaults({ env }, { service: EcsTasks })).toEqual([]);
});

test("Cloud Run takes whole secrets that are there", () => {
  const serviceAccountEmail = "agent@my-project.iam.gserviceaccount.com";
  const env = { KEY: {}, PASSWORD: { field: "password" }, LATER: { optional: true } };
  expect(outsideFaults({ env }, { serviceAccountEmail })).toEqual([
    {
      path: ["env", "PASSWORD", "field"],
      message:
        "is taken by no service of Google's: bind the whole secret, or name it under secrets and read it at run time",
    },
    {
      path: ["env", "LATER", "optional"],
      message: "is for pods: Cloud Run starts no instance whose secret is missing; leave it out",
    },
  ]);
});
