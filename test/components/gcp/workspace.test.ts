import * as gcp from "@pulumi/gcp/provider";
import { customRoles } from "../../../components/gcp/customRoles";
import { wrongProject } from "../../../components/gcp/signIn";
import { roleMatrix, Workspace, type WorkspaceArgs } from "../../../index";
import { pasted } from "../../support/fixtures";
import { gcpCalls, gcpProduction, group, projectId, projectNumber } from "../../support/gcp";
import { attempt, named, notices, only, run, summary } from "../../support/mocks";

const component = "vantedge-secrets:index:Workspace";
const roleType = "gcp:projects/iAMCustomRole:IAMCustomRole";
const memberType = "gcp:projects/iAMMember:IAMMember";
const place = { projectId, projectNumber };
const trail = { projectId, projectNumber, sharedRoles: true, workspaces: [{ name: "production" }] };
const strict = { gcp: { ...place, sharing: "strict" }, auditTrail: trail } as const;
const open = { gcp: { ...place, sharing: "open" }, auditTrail: trail } as const;

const outputs = [
  "keyArn",
  "roleArns",
  "effectivePermissions",
  "rotatorRoleArn",
  "createCommand",
  "updateCommand",
  "namespace",
  "audited",
  "reducedGuarantees",
] as const;

const provision = (more: Partial<WorkspaceArgs> = {}) =>
  run(
    () => {
      const workspace = new Workspace("production", { ...gcpProduction, ...more });
      return { ...Object.fromEntries(outputs.map((name) => [name, workspace[name]])), ref: workspace.ref };
    },
    { calls: gcpCalls },
  );

/** The bindings as `role member`, with the condition's expression behind it. */
const bindings = (resources: Parameters<typeof named>[0]) =>
  Object.values(named(resources, memberType)).map(({ inputs }) => {
    const { role, member, condition } = inputs as { role: string; member: string; condition?: { expression: string } };
    return [role, member, ...(condition === undefined ? [] : [condition.expression])];
  });

const ofProject = (id: string) => `projects/${projectId}/roles/${id}`;
const types =
  '(resource.type == "secretmanager.googleapis.com/Secret" || resource.type == "secretmanager.googleapis.com/SecretVersion")';
const global = `projects/${projectNumber}/secrets/vantedge--production--`;
const ownSecrets = `${types} && resource.name.startsWith("${global}")`;
const always = 'request.time >= timestamp("1970-01-01T00:00:00Z")';

test("a workspace alone in its project is three custom roles and a binding for each principal", async () => {
  const { resources } = await provision();
  expect(summary(resources).sort()).toEqual(
    [
      `${component} production`,
      `${roleType} production-vantedgeSecretsViewer_v1`,
      `${roleType} production-vantedgeSecretsMember_v1`,
      `${roleType} production-vantedgeSecretsAdmin_v1`,
      `${memberType} production-viewer-92578f99`,
      `${memberType} production-member-40da621c`,
      `${memberType} production-admin-d730661f`,
      `${memberType} production-owner-f5655846`,
    ].sort(),
  );
});

const unaudited =
  "no audit trail is named, so audited is false: make one AuditTrail for the project and set auditTrail.";

test("the exact inputs of the component, a custom role and the bindings, which wait for the roles", async () => {
  const { resources } = await provision();
  expect(only(resources, component).inputs).toEqual({
    workspaceName: "production",
    organization: "AI Startup",
    cloud: "gcp",
    ...place,
    sharing: "none",
    prefix: "vantedge",
    namespace: "production",
    notices: [unaudited],
  });
  expect(only(resources, roleType, "production-vantedgeSecretsViewer_v1").inputs).toEqual({
    project: projectId,
    roleId: "vantedgeSecretsViewer_v1",
    title: "Vantedge secrets: viewer, version 1",
    description: "Lists secrets. Sees no value.",
    stage: "GA",
    permissions: customRoles.viewer.permissions,
  });
  const made = Object.values(named(resources, memberType));
  expect(made.map(({ inputs }) => inputs)).toEqual([
    { project: projectId, role: ofProject("vantedgeSecretsViewer_v1"), member: group("auditors") },
    { project: projectId, role: ofProject("vantedgeSecretsMember_v1"), member: group("developers") },
    { project: projectId, role: ofProject("vantedgeSecretsAdmin_v1"), member: group("leads") },
    { project: projectId, role: "roles/secretmanager.admin", member: group("owners") },
  ]);
  for (const { options } of made) expect(options.dependencies).toEqual(Object.keys(named(resources, roleType)));
});

test("the outputs, and what secrets and bindings are told", async () => {
  expect((await provision()).result).toEqual({
    keyArn: "",
    roleArns: {
      viewer: ofProject("vantedgeSecretsViewer_v1"),
      member: ofProject("vantedgeSecretsMember_v1"),
      admin: ofProject("vantedgeSecretsAdmin_v1"),
      owner: "roles/secretmanager.admin",
    },
    effectivePermissions: {
      ...roleMatrix,
      // Google has no recovery window: to delete is to delete for good.
      member: { ...roleMatrix.member, forceDelete: true },
      admin: { ...roleMatrix.admin, forceDelete: true },
    },
    rotatorRoleArn: "",
    createCommand: pasted(
      `gcloud secrets create vantedge--production--NAME --project=${projectId} --replication-policy=automatic ` +
        "--labels=vantedge-organization=ai-startup,vantedge-workspace=production --data-file=-",
    ),
    updateCommand: pasted(
      `gcloud secrets versions add vantedge--production--NAME --project=${projectId} --data-file=-`,
    ),
    namespace: "production",
    audited: false,
    reducedGuarantees: [],
    ref: {
      name: "production",
      organization: "AI Startup",
      cloud: "gcp",
      ...place,
      prefix: "vantedge",
      namespace: "production",
    },
  });
});

test("with a location, the reference and the commands have it", async () => {
  const { result, resources } = await provision({ gcp: { ...place, location: "europe-west3" } });
  expect(result.ref.location).toBe("europe-west3");
  expect(result.createCommand).toBe(
    pasted(
      `gcloud secrets create vantedge--production--NAME --project=${projectId} --location=europe-west3 ` +
        "--labels=vantedge-organization=ai-startup,vantedge-workspace=production --data-file=-",
    ),
  );
  expect(result.updateCommand).toBe(
    pasted(
      `gcloud secrets versions add vantedge--production--NAME --project=${projectId} --location=europe-west3 --data-file=-`,
    ),
  );
  expect(bindings(resources).every((binding) => binding.length === 2)).toBe(true);
});

test("strict: one binding each, on the workspace's names, with the roles that the trail makes", async () => {
  const { resources, result } = await provision(strict);
  expect(named(resources, roleType)).toEqual({});
  expect(bindings(resources)).toEqual([
    [ofProject("vantedgeSecretsViewer_v1"), group("auditors"), ownSecrets],
    [ofProject("vantedgeSecretsMember_v1"), group("developers"), ownSecrets],
    [ofProject("vantedgeSecretsAdmin_v1"), group("leads"), ownSecrets],
    ["roles/secretmanager.admin", group("owners"), ownSecrets],
  ]);
  for (const decided of Object.values(result.effectivePermissions)) {
    expect(decided).toMatchObject({ list: false, create: false });
  }
  expect(result.effectivePermissions.admin).toMatchObject({ retrieve: true, update: true, delete: true });
  expect(result.effectivePermissions.member).toMatchObject({ retrieve: false, update: true, delete: true });
  expect(result.createCommand).toBe("");
  expect(result.reducedGuarantees.map((line: string) => line.split(":")[0])).toEqual(["list", "create"]);
  expect(notices(resources)).toEqual(
    result.reducedGuarantees.map((line: string) => `reduced, since it shares its project: ${line}.`),
  );
});

test("strict, with a location: both places", async () => {
  const { resources } = await provision({ ...strict, gcp: { ...strict.gcp, location: "europe-west3" } });
  const regional = `projects/${projectNumber}/locations/europe-west3/secrets/vantedge--production--`;
  const both = `${types} && (resource.name.startsWith("${global}") || resource.name.startsWith("${regional}"))`;
  expect(bindings(resources).map(([, , expression]) => expression)).toEqual(Array(4).fill(both));
});

test("open: who may list or create is bound to that on the project besides", async () => {
  const { resources, result } = await provision(open);
  const everywhere = bindings(resources).filter(([, , expression]) => expression === always);
  expect(everywhere).toEqual([
    [ofProject("vantedgeSecretsLister_v1"), group("auditors"), always],
    [ofProject("vantedgeSecretsLister_v1"), group("developers"), always],
    [ofProject("vantedgeSecretsCreator_v1"), group("developers"), always],
    [ofProject("vantedgeSecretsLister_v1"), group("leads"), always],
    [ofProject("vantedgeSecretsCreator_v1"), group("leads"), always],
    [ofProject("vantedgeSecretsLister_v1"), group("owners"), always],
    [ofProject("vantedgeSecretsCreator_v1"), group("owners"), always],
  ]);
  expect(bindings(resources).filter(([, , expression]) => expression === ownSecrets)).toHaveLength(4);
  expect(result.effectivePermissions.viewer).toEqual(roleMatrix.viewer);
  expect(result.effectivePermissions.member).toEqual({ ...roleMatrix.member, forceDelete: true });
  expect(result.createCommand).toContain("gcloud secrets create");
  expect(result.reducedGuarantees).toHaveLength(2);
});

test("open: whoever has two roles lists by one binding, and one of each workspace", async () => {
  const roles = { viewers: [{ gcp: group("all") }], members: [{ gcp: group("all") }] };
  const workspaces = [{ name: "production" }, { name: "staging" }];
  const { resources } = await run(
    () => {
      const args = { ...gcpProduction, ...open, roles, auditTrail: { ...trail, workspaces } };
      new Workspace("production", args);
      new Workspace("staging", args);
    },
    { calls: gcpCalls },
  );
  const listers = Object.values(named(resources, memberType)).filter(({ inputs }) =>
    (inputs.role as string).endsWith("vantedgeSecretsLister_v1"),
  );
  expect(listers.map(({ inputs }) => (inputs.condition as { title: string }).title)).toEqual([
    "Listing for workspace production",
    "Listing for workspace staging",
  ]);
});

test("roles of an organization are bound and not made", async () => {
  const { resources, result } = await provision({ gcp: { ...place, roleParent: "organizations/456789012345" } });
  expect(named(resources, roleType)).toEqual({});
  expect(result.roleArns.member).toBe("organizations/456789012345/roles/vantedgeSecretsMember_v1");
  expect(result.effectivePermissions.viewer).toEqual(roleMatrix.viewer);
});

test("an end is in the condition, to the end of a day", async () => {
  const viewers = [
    { gcp: group("auditors"), until: "2027-01-31" },
    { gcp: "user:jo@ai-startup.example", until: "2027-01-31T18:00:00+01:00" },
  ];
  const ends = ["2027-02-01T00:00:00Z", "2027-01-31T17:00:00Z"].map((end) => `request.time < timestamp("${end}")`);
  const alone = await provision({ roles: { viewers } });
  expect(bindings(alone.resources).map(([, , expression]) => expression)).toEqual(ends);
  expect(alone.result.effectivePermissions.viewer).toEqual(roleMatrix.viewer);
  const shared = await provision({ ...strict, roles: { viewers } });
  expect(bindings(shared.resources).map(([, , expression]) => expression)).toEqual(
    ends.map((end) => `${ownSecrets} && ${end}`),
  );
  const opened = await provision({ ...open, roles: { viewers } });
  expect(bindings(opened.resources).filter(([role]) => role?.includes("Lister"))).toEqual([
    [ofProject("vantedgeSecretsLister_v1"), group("auditors"), ends[0]],
    [ofProject("vantedgeSecretsLister_v1"), "user:jo@ai-startup.example", ends[1]],
  ]);
});

test("another order of principals changes no name", async () => {
  const viewers = ["a", "b", "c"].map((name) => ({ gcp: group(name) }));
  const memberOf = async (order: typeof viewers) => {
    const { resources } = await provision({ ...open, roles: { viewers: order } });
    return Object.fromEntries(Object.entries(named(resources, memberType)).map(([name, { inputs }]) => [name, inputs]));
  };
  const before = await memberOf(viewers);
  expect(Object.keys(before)).toHaveLength(6);
  expect(await memberOf([...viewers].reverse())).toEqual(before);
});

test("everything has the workspace's provider and waits for what the workspace waits for", async () => {
  const { resources, calls } = await run(
    () => {
      const provider = new gcp.Provider("production");
      const first = new gcp.Provider("first");
      new Workspace("production", gcpProduction, { providers: [provider], dependsOn: [first] });
    },
    { calls: gcpCalls },
  );
  const made = resources.filter(({ type }) => type.startsWith("gcp:"));
  expect(made).toHaveLength(7);
  for (const { options } of made) {
    expect(options.provider).toMatch(/production::production-id$/);
    expect(options.dependencies).toContain("first");
    expect(options.parent).toBe("production");
  }
  expect(calls.map(({ token, inputs }) => [token, inputs])).toEqual([
    ["gcp:organizations/getProject:getProject", { projectId }],
  ]);
});

test("another project's number stops the program before anything is made", async () => {
  const { resources, errors } = await attempt(() => new Workspace("production", gcpProduction), {
    calls: { "gcp:organizations/getProject:getProject": () => ({ number: "999999999999", projectId }) },
  });
  expect(errors).toEqual([wrongProject(projectId, projectNumber, "999999999999")]);
  expect(resources.filter(({ type }) => type.startsWith("gcp:"))).toEqual([]);
});

test("without principals nothing is bound, and that is said", async () => {
  const { resources, result } = await provision({ roles: {} });
  expect(named(resources, memberType)).toEqual({});
  expect(Object.keys(named(resources, roleType))).toHaveLength(3);
  expect(result.roleArns).toEqual({});
  expect(notices(resources).at(-1)).toBe(unaudited);
});

const twice = (one: Partial<WorkspaceArgs>, other: Partial<WorkspaceArgs>) => () => {
  const workspaces = [{ name: "production" }, { name: "staging" }];
  const withTrail = (more: Partial<WorkspaceArgs>) =>
    more.auditTrail === undefined ? more : { ...more, auditTrail: { ...trail, workspaces } };
  new Workspace("production", { ...gcpProduction, ...withTrail(one) });
  new Workspace("staging", { ...gcpProduction, ...withTrail(other) });
};

test.each([
  ["both alone", "staging", twice({}, {})],
  ["the first alone", "production", twice({}, strict)],
  ["the second alone", "staging", twice(open, {})],
])("two workspaces in one project, %s", async (_, alone, program) => {
  const { errors } = await attempt(program, { calls: gcpCalls });
  expect(errors).toEqual([
    `Workspace "staging": gcp.sharing: project ${projectId} is that of workspace "production" too, and ${alone} has it ` +
      "for itself: give each a project of its own, or set sharing on both",
  ]);
});

test("two workspaces that both know of it share a project", async () => {
  const { errors } = await attempt(twice(strict, open), { calls: gcpCalls });
  expect(errors).toEqual([]);
});

const gke = { location: "europe-west3", clusterName: "apps" };
const useless = (field: string, message: string) => `${field}: ${message}`;

test.each<[string, Partial<WorkspaceArgs>, string[]]>([
  [
    "principals of AWS",
    {
      roles: {
        viewers: [{ arn: "arn:aws:iam::111122223333:role/auditors" }],
        admins: [{ gcp: group("leads") }, { arnPattern: "arn:aws:iam::*:role/leads-*" }],
      },
    },
    [
      "roles.viewers[0].arn: is a principal of AWS, and the workspace is on Google Cloud: give gcp",
      "roles.admins[1].arnPattern: is a principal of AWS, and the workspace is on Google Cloud: give gcp",
    ],
  ],
  [
    "a member twice, with whatever end",
    { roles: { viewers: [{ gcp: group("a") }, { gcp: group("b") }, { gcp: group("a"), until: "2027-01-31" }] } },
    ["roles.viewers[2].gcp: has the role already: name it once"],
  ],
  [
    "more principals than a project takes",
    { roles: { viewers: Array.from({ length: 1501 }, (_, index) => ({ gcp: `user:u${index}@ai-startup.example` })) } },
    ["roles: make 1501 bindings, and a project takes 1500: name groups"],
  ],
  [
    "more groups than a project takes",
    { roles: { viewers: Array.from({ length: 251 }, (_, index) => ({ gcp: group(`g${index}`) })) } },
    ["roles: name 251 groups, and a project takes 250: put groups into one"],
  ],
  [
    "everybody",
    { roles: { viewers: [{ gcp: "allAuthenticatedUsers" }] } },
    [
      "roles.viewers[0].gcp: stands for everybody, or for whoever has another role: name users, groups, service accounts or identities of a pool",
    ],
  ],
  [
    "a location that is none",
    { gcp: { ...place, location: "global" } },
    ["gcp.location: must be a location's name, for example europe-west3"],
  ],
  [
    "a project's id for its number",
    { gcp: { projectId, projectNumber: projectId } },
    ["gcp.projectNumber: must be the project's number, digits in quotes: gcloud projects describe PROJECT shows it"],
  ],
  [
    "a shared project whose roles nobody makes",
    { gcp: { ...place, sharing: "strict" } },
    [
      "gcp.sharing: workspaces that share a project bind one set of custom roles: set auditTrail to the project's AuditTrail with sharedRoles, or gcp.roleParent",
    ],
  ],
  [
    "a shared project whose trail makes no roles",
    { gcp: { ...place, sharing: "open" }, auditTrail: { ...place, workspaces: trail.workspaces } },
    [
      "gcp.sharing: workspaces that share a project bind one set of custom roles: set auditTrail to the project's AuditTrail with sharedRoles, or gcp.roleParent",
    ],
  ],
  [
    "roles that are made twice",
    { auditTrail: trail },
    [
      "gcp.sharing: the AuditTrail has sharedRoles, for workspaces that share the project, and makes the same custom roles as a workspace that does not: set gcp.sharing, or take sharedRoles from the trail",
    ],
  ],
  [
    "what is of AWS",
    {
      existingRoles: { viewer: "arn:aws:iam::111122223333:role/auditors" },
      sessionHours: { viewers: 2 },
      deployers: [{ arn: "arn:aws:iam::111122223333:role/ci" }],
      breakGlass: [{ arn: "arn:aws:iam::111122223333:role/security" }],
      listing: "none",
      memberKms: "via-service",
      rotator: false,
      importKeys: ["arn:aws:kms:us-east-1:111122223333:key/1"],
      tags: { team: "ai" },
      kubernetes: { namespace: "production", cluster: { gke }, accessEntries: { clusterName: "apps" } },
    },
    [
      useless(
        "existingRoles",
        "are roles of AWS IAM, and the workspace is on Google Cloud: give the principals under roles",
      ),
      useless(
        "sessionHours",
        "are of roles of AWS, and Google Cloud has no such sessions: a principal ends with until",
      ),
      useless(
        "deployers",
        "are named nowhere on Google Cloud: make a custom role of the output deployerPolicy and bind it to whoever runs pulumi up",
      ),
      useless(
        "breakGlass",
        "is named nowhere on Google Cloud: make a custom role of the output breakGlassPolicy and bind it in the emergency",
      ),
      useless("listing", "is of AWS: on Google Cloud, gcp.sharing says who lists"),
      useless("memberKms", "is of AWS: on Google Cloud nobody needs a right on a key to write or read a secret"),
      useless(
        "rotator",
        "is of AWS: Google Cloud runs no rotation functions, gcp.rotationReminder of a secret sends a message",
      ),
      useless(
        "importKeys",
        "are keys of AWS: a workspace on Google Cloud has no key of its own, gcp.kmsKeyName of a secret names one",
      ),
      useless(
        "tags",
        "go on nothing of a workspace on Google Cloud, since neither roles nor bindings have labels: give them to the secrets",
      ),
      useless(
        "kubernetes.accessEntries",
        "are of Amazon EKS: with cluster.gke, the gcp principals of the workspace's roles are known to the cluster by their emails",
      ),
    ],
  ],
])("refused: %s", async (_, args, problems) => {
  const { resources, errors } = await attempt(() => new Workspace("production", { ...gcpProduction, ...args }));
  expect(errors).toEqual(problems.map((problem) => `Workspace "production": ${problem}`));
  expect(resources).toEqual([]);
});
