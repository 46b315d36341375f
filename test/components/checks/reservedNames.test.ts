import { DeploymentBinding, Secret, Workspace } from "../../../index";
import { canary, production, ref } from "../../support/fixtures";
import { problems, settings } from "../../support/manifest";
import { attempt, leaks, missingAt } from "../../support/mocks";

/** As JSON.parse and a computed key make it: in a literal, JavaScript leaves a text under this name out. */
const reserved = (value: unknown): any => Object.fromEntries([["__proto__", value]]);
const rule = "__proto__: JavaScript keeps this name for itself: choose another";

test.each<[string, () => unknown, string[]]>([
  [
    "a field",
    () =>
      new Secret("db", { workspace: ref, fields: { user: "app", ...reserved(canary) }, tags: { "vantedge-x": "y" } }),
    [
      `Secret "db": fields.${rule}`,
      'Secret "db": tags.vantedge-x: tags that begin with vantedge- or aws: are reserved',
    ],
  ],
  ["a tag", () => new Secret("db", { workspace: ref, tags: reserved("x") }), [`Secret "db": tags.${rule}`]],
  [
    "an annotation",
    () => new Secret("db", { workspace: ref, gcp: { annotations: reserved("x") } }),
    [`Secret "db": gcp.annotations.${rule}`],
  ],
  ["an argument", () => new Secret("db", { workspace: ref, ...reserved("x") }), [`Secret "db": ${rule}`]],
  [
    "in a reference",
    () => new Secret("db", { workspace: { ...ref, ...reserved("x") } }),
    [`Secret "db": workspace.${rule}`],
  ],
  [
    "a workspace's tag",
    () => new Workspace("production", { ...production, tags: reserved("x") }),
    [`Workspace "production": tags.${rule}`],
  ],
  [
    "in a list",
    () =>
      new Workspace("production", {
        ...production,
        roles: { owners: [{ arn: production.aws as never, ...reserved("x") }] },
      }),
    [
      `Workspace "production": roles.owners[0].${rule}`,
      'Workspace "production": roles.owners[0].arn: must be a text that is not empty, or an Output',
    ],
  ],
  [
    "a variable",
    () => new DeploymentBinding("agent", { workspace: ref, env: reserved({ secret: "a" }), secrets: ["a"] }),
    [`DeploymentBinding "agent": env.${rule}`],
  ],
  [
    "a file, and what is known of a secret",
    () =>
      new DeploymentBinding("agent", {
        workspace: ref,
        files: { "/etc/secrets": { secrets: ["a"], items: reserved({ secret: "a" }) } },
        values: { a: { fields: { user: "app", ...reserved(canary) } } },
      }),
    [
      `DeploymentBinding "agent": files./etc/secrets.items.${rule}`,
      `DeploymentBinding "agent": values.a.fields.${rule}`,
    ],
  ],
])("%s of this name is refused in a program, and the rest is told too", async (_, program, lines) => {
  missingAt.mockResolvedValue([]);
  const outcome = await attempt(program);
  expect(outcome.errors).toEqual(lines);
  expect(leaks(outcome, canary)).toEqual([]);
});

const head = `organization: A
cloud: { aws: { region: us-east-1, accountId: "111122223333" } }
`;

test("names of this kind are refused in a manifest, wherever they stand, and the rest is told too", () => {
  const text = `${head}__proto__: x
workspaces:
  - { name: production, __proto__: y, tags: { "__proto__": z }, rols: {} }
secrets:
  - { name: a, workspace: production, fields: { __proto__: ${canary}, constructor: b } }
  - { name: b, workspace: production, value: "" }
bindings:
  - name: agent
    workspace: production
    env: [{ name: __proto__, valueFrom: { secretKeyRef: { name: a, key: constructor } } }]
    volumes:
      - name: files
        secret: { secretName: a, items: [{ key: __proto__, path: __proto__ }] }
    volumeMounts: [{ name: files, mountPath: /etc/files }]
`;
  const found = problems(text, settings());
  expect(found).toEqual([
    `3:1: ${rule}`,
    `5:25: workspaces[0].${rule}`,
    `5:47: workspaces[0].tags.${rule}`,
    "5:65: workspaces[0].rols: unknown key: did you mean roles?",
    `7:49: secrets[0].fields.${rule}`,
    "8:46: secrets[1].value: is empty: give it a text in quotes, { config: KEY }, or leave it out",
    "12:19: bindings[0].env[0].name: JavaScript keeps this name for itself: choose another",
    "15:49: bindings[0].volumes[0].secret.items[0].key: JavaScript keeps this name for itself: choose another",
    "15:66: bindings[0].volumes[0].secret.items[0].path: JavaScript keeps this name for itself: choose another",
  ]);
});

test("names that only look like it are taken", () => {
  const text = `${head}workspaces:
  - { name: production }
secrets:
  - { name: a, workspace: production, fields: { constructor: a, __proto: b, toString: c, hasOwnProperty: d } }
`;
  expect(problems(text, settings())).toEqual([]);
});
