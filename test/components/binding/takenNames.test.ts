import * as k8s from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import { DeploymentBinding, type DeploymentBindingArgs } from "../../../index";
import { answers, irsa, podIdentity } from "../../support/bindings";
import { head, problems } from "../../support/manifest";
import { attempt } from "../../support/mocks";

type Bound = [
  name: string,
  secret: string,
  more?: Partial<DeploymentBindingArgs>,
  provider?: () => pulumi.ProviderResource,
];
const errorsOf = async (...bound: Bound[]) =>
  (
    await attempt(
      () => {
        for (const [name, secret, more, provider] of bound) {
          const options = provider === undefined ? {} : { provider: provider() };
          new DeploymentBinding(name, { workspace: irsa, env: { A: { secret } }, ...more }, options);
        }
      },
      { calls: answers },
    )
  ).errors;

const taken = (name: string) =>
  `DeploymentBinding "a": bindingName: the Kubernetes Secret of "b-c" would be "${name}", as is one of binding "a-b": rename one of the bindings`;
const latest = { freshness: "latest" } as const;
const native = {
  delivery: "native",
  values: { c: { value: "v", versionId: "1" }, "b-c": { value: "v", versionId: "2" } },
} as const;

test.each<[string, Bound[], string[]]>([
  [
    "values that change elsewhere",
    [
      ["a-b", "c", latest],
      ["a", "b-c", latest],
    ],
    [taken("a-b-c")],
  ],
  [
    "a Job's",
    [
      ["a-b", "c", { ...native, workload: "Job" }],
      ["a", "b-c", { ...native, workload: "Job" }],
    ],
    [taken("a-b-c")],
  ],
  [
    "what the driver keeps",
    [
      ["a-b", "c", { delivery: "csi" }],
      ["a", "b-c", { delivery: "csi" }],
    ],
    [taken("a-b-c")],
  ],
  [
    "one name twice",
    [
      ["a", "c"],
      ["b", "d", { bindingName: "a" }],
    ],
    ['DeploymentBinding "b": bindingName: "a" is another binding of namespace "apps": give each its own name'],
  ],
  [
    "natively",
    [
      ["a-b", "c", native],
      ["a", "b-c", native],
    ],
    [taken("a-b-c")],
  ],
  [
    "another namespace",
    [
      ["a-b", "c", latest],
      ["a", "b-c", { ...latest, workspace: { ...irsa, namespace: "others" } }],
    ],
    [],
  ],
  [
    "another cluster",
    [
      ["a-b", "c", latest],
      ["a", "b-c", latest, () => new k8s.Provider("other")],
    ],
    [],
  ],
  [
    "files of the driver",
    [
      ["a-b", "c", { delivery: "csi" }],
      ["a", "b-c", { delivery: "csi", env: {}, files: { "/a": { secrets: ["b-c"] } } }],
    ],
    [],
  ],
  [
    "other forms",
    [
      ["a-b", "c", latest],
      ["a", "b-c", { ...latest, env: {}, envFrom: [{ secret: "b-c" }] }],
    ],
    [],
  ],
  [
    "workloads outside",
    [
      ["a", "c", { workspace: podIdentity, reader: { roleArn: "arn:aws:iam::111122223333:role/x" } }],
      ["a-b", "c"],
    ],
    [],
  ],
])("no Secret of another binding is overwritten: %s", async (_, bound, expected) => {
  expect(await errorsOf(...bound)).toEqual(expected);
});

const manifest = (...bindings: string[]) =>
  `${head}    namespace: apps
    cluster: { eksPodIdentity: { clusterName: main } }
secrets:
  - { name: c, workspace: production }
  - { name: b-c, workspace: production }
bindings:
${bindings.join("")}`;
const entry = (name: string, secret: string, delivery = "csi") =>
  `  - { name: ${name}, workspace: production, delivery: ${delivery}, env: [{ name: A, valueFrom: { secretKeyRef: { name: ${secret} } } }] }\n`;

test("a manifest's bindings have names of their own", () => {
  expect(problems(manifest(entry("a-b", "c"), entry("other", "c"), entry("a", "b-c")))).toEqual([
    expect.stringMatching(
      /^13:13: bindings\[2\]\.name: the Kubernetes Secret of "b-c" would be "a-b-c", as is one of binding "a-b" at .*:11:13: rename one of the bindings$/,
    ),
  ]);
  expect(problems(manifest(entry("a-b", "c"), entry("a", "c")))).toEqual([]);
  expect(problems(manifest(entry("a", "c"), entry("a", "b-c")))).toEqual([
    expect.stringContaining('"a" is declared twice'),
  ]);
});
