import { auditTrailSpec } from "../../../components/auditTrail";
import type { GcpTrailSpec } from "../../../components/backend";
import { alerts } from "../../../components/gcp/alertPolicies";
import { customRoleKinds, customRoles } from "../../../components/gcp/customRoles";
import table from "../../../components/gcp/policies/alerts.json";
import { AuditTrail, type AuditTrailArgs, type AuditTrailGcpArgs, ObjectLock } from "../../../index";
import { gcpCalls, projectId, projectNumber } from "../../support/gcp";
import { attempt, named, notices, only, run, summary } from "../../support/mocks";

const component = "vantedge-secrets:index:AuditTrail";
const bucketType = "gcp:storage/bucket:Bucket";
const sinkType = "gcp:logging/projectSink:ProjectSink";
const grantType = "gcp:storage/bucketIAMMember:BucketIAMMember";
const auditConfigType = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const alertType = "gcp:monitoring/alertPolicy:AlertPolicy";
const channelType = "gcp:monitoring/notificationChannel:NotificationChannel";
const denyType = "gcp:iam/denyPolicy:DenyPolicy";
const bucketName = `vantedge-audit-${projectNumber}-europe-west3`;
const labels = { "vantedge-organization": "ai-startup" };
const email = "security@ai-startup.example";
const siem = `projects/${projectId}/notificationChannels/1234567890`;

const place: AuditTrailGcpArgs = { projectId, projectNumber, location: "europe-west3" };
const withoutLocation: AuditTrailGcpArgs = { projectId, projectNumber };
const project: AuditTrailArgs = { organization: "AI Startup", gcp: place, workspaces: [{ name: "production" }] };
const archive: Partial<AuditTrailArgs> = { gcp: withoutLocation, logArchive: { bucketName: "archive" } };

const provision = (more: Partial<AuditTrailArgs> = {}, setting = {}) =>
  run(
    () => {
      const trail = new AuditTrail("audit", { ...project, ...more });
      const { trailArn, bucketName, keyArn, alertTargetArns, ref } = trail;
      return { trailArn, bucketName, keyArn, alertTargetArns, ref };
    },
    { calls: gcpCalls, ...setting },
  );
const specOf = (more: Partial<AuditTrailArgs> = {}) => auditTrailSpec({ ...project, ...more }) as GcpTrailSpec;

const logs = [`${sinkType} audit-sink`, `${grantType} audit-writer`, `${auditConfigType} audit-reads`];
const perPrefix = ["denied", "grants", "destroyed", "changes"];
const once = ["project", "roles", "auditing", "sinks", "archive", "alerts", "services"];
const kinds = ["read-production", ...perPrefix.map((kind) => `${kind}-vantedge`), ...once];
const made = (names: string[]) => names.map((kind) => `${alertType} audit-${kind}`);
const ordinary = [`${component} audit`, `${bucketType} audit-bucket`, ...logs, ...made(kinds)];

describe("what is made", () => {
  const makes = async (more: Partial<AuditTrailArgs>) => summary((await provision(more)).resources).sort();

  test("a bucket, a sink that may write there, what is logged, and the alerts", async () => {
    expect(await makes({})).toEqual([...ordinary].sort());
  });

  test("an archive: no bucket", async () => {
    expect(await makes(archive)).toEqual(ordinary.filter((line) => !line.startsWith(bucketType)).sort());
  });

  test("a channel for each address, none for those that are there", async () => {
    const more = { emails: [email], gcp: { ...place, notificationChannels: [siem] } };
    expect(await makes(more)).toEqual([...ordinary, `${channelType} audit-alerts-${email}`].sort());
  });

  test("a deny policy, and an alert for its changes", async () => {
    const more = { gcp: { ...place, denyPolicy: { readers: ["group:leads@ai-startup.example"] } } };
    expect(await makes(more)).toEqual([...ordinary, `${denyType} audit-deny`, ...made(["deny"])].sort());
  });

  test.each<[string, Partial<AuditTrailGcpArgs>, string, object]>([
    ["of the project", { sharedRoles: true }, "gcp:projects/iAMCustomRole:IAMCustomRole", { project: projectId }],
    [
      "of the organization",
      { organizationId: "987654321" },
      "gcp:organizations/iAMCustomRole:IAMCustomRole",
      { orgId: "987654321" },
    ],
  ])("the custom roles %s", async (_, more, type, parent) => {
    const { resources } = await provision({ gcp: { ...place, ...more } });
    const roles = Object.values(named(resources, type)).map(({ inputs }) => inputs);
    expect(roles.map(({ roleId }) => roleId).sort()).toEqual(
      customRoleKinds.map((kind) => customRoles[kind].roleId).sort(),
    );
    expect(roles.every((role) => Object.entries(parent).every(([key, value]) => role[key] === value))).toBe(true);
    expect(resources.filter((one) => /CustomRole/.test(one.type) && one.type !== type)).toEqual([]);
  });

  test("alerts of each workspace and each prefix", () => {
    const workspaces = [{ name: "production" }, { name: "staging" }, { name: "test", prefix: "acme" }];
    const names = alerts(specOf({ workspaces })).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("vantedge-read-"))).toEqual([
      "vantedge-read-production",
      "vantedge-read-staging",
      "vantedge-read-test",
    ]);
    expect(names.filter((name) => name.startsWith("vantedge-changes-"))).toEqual([
      "vantedge-changes-vantedge",
      "vantedge-changes-acme",
    ]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("the logs", () => {
  test("every call of Secret Manager is logged, and nobody is exempted", async () => {
    const { resources } = await provision();
    expect(only(resources, auditConfigType).inputs).toEqual({
      project: projectId,
      service: "secretmanager.googleapis.com",
      auditLogConfigs: [{ logType: "ADMIN_READ" }, { logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
    });
  });

  test("reads are logged once they are kept", async () => {
    for (const more of [{}, archive]) {
      const { resources } = await provision(more);
      expect(only(resources, auditConfigType).options.dependencies).toContain("audit-writer");
    }
  });

  test.each<[string, Partial<AuditTrailArgs>, string]>([
    ["the bucket that is made", {}, bucketName],
    ["the archive", archive, "archive"],
  ])("a sink with an identity of its own may write to %s, and no more", async (_, more, bucket) => {
    const { resources } = await provision(more);
    const log = (id: string) => `"projects/${projectId}/logs/cloudaudit.googleapis.com%2F${id}"`;
    expect(only(resources, sinkType).inputs).toEqual({
      project: projectId,
      name: "vantedge-audit",
      description: "Audit logs of secrets, and of what guards them",
      destination: `storage.googleapis.com/${bucket}`,
      filter:
        `logName=(${log("activity")} OR ${log("system_event")})\n` +
        `OR (logName=(${log("data_access")} OR ${log("policy")}) AND protoPayload.serviceName="secretmanager.googleapis.com")`,
      uniqueWriterIdentity: true,
    });
    expect(only(resources, grantType).inputs).toEqual({
      bucket,
      role: "roles/storage.objectCreator",
      member: "serviceAccount:vantedge-audit@gcp-sa-logging.iam.gserviceaccount.com",
    });
  });
});

describe("the bucket", () => {
  test.each<[Partial<AuditTrailArgs>, object, number]>([
    [{}, { retentionPeriod: "31536000" }, 365],
    [{ retentionDays: 36_500 }, { retentionPeriod: "3153600000" }, 36_500],
    [{ objectLock: ObjectLock.Governance }, { retentionPeriod: "31536000" }, 365],
    [{ objectLock: ObjectLock.Compliance }, { retentionPeriod: "31536000", isLocked: true }, 365],
  ])("%j keeps files by %j, and deletes them afterwards", async (more, retentionPolicy, age) => {
    const { resources } = await provision(more);
    expect(only(resources, bucketType).inputs).toEqual({
      project: projectId,
      name: bucketName,
      location: "europe-west3",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      retentionPolicy,
      lifecycleRules: [{ action: { type: "Delete" }, condition: { age } }],
      forceDestroy: false,
      labels,
    });
  });

  test("a place of several regions has a name that buckets can have", async () => {
    const { resources } = await provision({ gcp: { ...place, location: "EU" } });
    const { name, location } = only(resources, bucketType).inputs;
    expect([name, location]).toEqual([`vantedge-audit-${projectNumber}-eu`, "EU"]);
  });

  test("outlives a destroy, nothing else does, and the preview says so", async () => {
    const { resources } = await provision({ emails: [email] }, { preview: true });
    expect(summary(resources.filter(({ options }) => options.retainOnDelete))).toEqual([`${bucketType} audit-bucket`]);
    expect(notices(resources)).toEqual([
      `pulumi destroy keeps the bucket ${bucketName}, since log files can't be deleted for ` +
        `365 days; to go on with it later, set logArchive: { bucketName: "${bucketName}" } and leave out gcp.location`,
    ]);
    const archived = await provision(archive);
    expect(archived.resources.filter(({ options }) => options.retainOnDelete)).toEqual([]);
    expect(notices(archived.resources)).toEqual([]);
  });
});

describe("the alerts", () => {
  test("one is told to everybody who is named, with names only", async () => {
    const more = { emails: [email], gcp: { ...place, notificationChannels: [siem] } };
    const { resources } = await provision(more);
    const name = "vantedge-roles";
    expect(only(resources, alertType, "audit-roles").inputs).toEqual({
      project: projectId,
      displayName: name,
      combiner: "OR",
      conditions: [
        {
          displayName: name,
          conditionMatchedLog: {
            filter: [
              `logName="projects/${projectId}/logs/cloudaudit.googleapis.com%2Factivity"`,
              'AND protoPayload.methodName=("google.iam.admin.v1.CreateRole" OR "google.iam.admin.v1.UpdateRole" OR ' +
                '"google.iam.admin.v1.DeleteRole" OR "google.iam.admin.v1.UndeleteRole")',
              "AND NOT protoPayload.status.code>0",
            ].join("\n"),
            labelExtractors: {
              method: "EXTRACT(protoPayload.methodName)",
              resource: "EXTRACT(protoPayload.resourceName)",
              email: "EXTRACT(protoPayload.authenticationInfo.principalEmail)",
              identity: "EXTRACT(protoPayload.authenticationInfo.principalSubject)",
            },
          },
        },
      ],
      alertStrategy: { notificationRateLimit: { period: "300s" }, autoClose: "1800s" },
      notificationChannels: [`projects/${projectId}/notificationChannels/audit-alerts-${email}`, siem],
      documentation: {
        mimeType: "text/markdown",
        subject: "vantedge: A custom role of the project was made, changed, deleted or restored",
        content: [
          "A custom role of the project was made, changed, deleted or restored.",
          "",
          "Whoever is bound to a role has what it says at each moment: a changed one lets members read.",
          "",
          "- method: ${log.extracted_label.method}",
          "- resource: ${log.extracted_label.resource}",
          "- email: ${log.extracted_label.email}",
          "- identity: ${log.extracted_label.identity}",
        ].join("\n"),
      },
      userLabels: labels,
    });
    expect(only(resources, channelType).inputs).toEqual({
      project: projectId,
      type: "email",
      displayName: `vantedge: ${email}`,
      labels: { email_address: email },
      userLabels: labels,
    });
  });

  test("all have the same shape, and go nowhere where nobody is named", async () => {
    const { resources } = await provision();
    for (const { inputs } of Object.values(named(resources, alertType))) {
      expect(inputs).not.toHaveProperty("notificationChannels");
      expect(Object.keys(inputs).sort()).toEqual(
        ["alertStrategy", "combiner", "conditions", "displayName", "documentation", "project", "userLabels"].sort(),
      );
    }
  });

  test("nothing of a request or an answer is told", async () => {
    const { resources } = await provision();
    const extracted = Object.values(named(resources, alertType)).map(({ inputs }) => JSON.stringify(inputs.conditions));
    expect(extracted.filter((text) => /EXTRACT\([^)]*(request|response|metadata|Payload\))/i.test(text))).toEqual([]);
  });

  const readFilter = (workspace: object) =>
    alerts(specOf({ workspaces: [{ name: "production", ...workspace }] })).find(({ name }) => /-read-/.test(name))
      ?.filter;

  test("pods are told from others in both forms that IAM has for them", () => {
    const gke = { projectId: "ai-startup-clusters", projectNumber: "210987654321", namespace: "agents" };
    expect(readFilter({ gke })?.split("\nAND ").at(-1)).toBe(
      "NOT protoPayload.authenticationInfo.principalSubject=~(" +
        '"^principal://iam[.]googleapis[.]com/projects/210987654321/locations/global/workloadIdentityPools/ai-startup-clusters[.]svc[.]id[.]goog/subject/ns/agents/" ' +
        'OR "^serviceAccount:ai-startup-clusters[.]svc[.]id[.]goog[[]agents/")',
    );
  });

  test("without a cluster there are no pods to tell from others", () => {
    expect(readFilter({})).not.toContain("principalSubject");
  });

  test("an old project's id is no pattern", () => {
    const old = { ...project, gcp: { ...place, projectId: "example.com:production" } };
    const [first] = alerts(auditTrailSpec(old) as GcpTrailSpec);
    expect(first?.filter).toContain(`projects/(${projectNumber}|example[.]com:production)/`);
    expect(first?.filter).toContain('logName="projects/example.com:production/logs/');
  });

  /** https://cloud.google.com/logging/quotas: a query has 20,000 characters at most; what a channel shows of an alert, 8,192. */
  test("the longest names keep within Google's limits", () => {
    const gke = { projectId: `a${"b".repeat(29)}`, projectNumber: "1".repeat(19), namespace: "n".repeat(63) };
    const workspaces = [{ name: "w".repeat(32), prefix: "p".repeat(63), gke }];
    for (const { name, what, why, filter } of alerts(specOf({ workspaces }))) {
      expect(filter.length).toBeLessThan(20_000);
      expect(name.length).toBeLessThanOrEqual(512);
      expect(what.length + why.length).toBeLessThan(8_000);
    }
  });

  test("each says where Google tells what it looks for", () => {
    expect(Object.values(table).filter(({ source }) => !source.startsWith("https://cloud.google.com/"))).toEqual([]);
  });
});

test("the outputs, and what a workspace refers to", async () => {
  const ref = { projectId, projectNumber, workspaces: [{ name: "production" }] };
  const sink = `projects/${projectId}/sinks/vantedge-audit`;
  expect((await provision()).result).toEqual({ trailArn: sink, bucketName, keyArn: "", alertTargetArns: {}, ref });
  const more = {
    ...archive,
    emails: [email],
    gcp: { ...withoutLocation, sharedRoles: true, notificationChannels: [siem] },
  };
  expect((await provision(more)).result).toEqual({
    trailArn: sink,
    bucketName: "archive",
    keyArn: "",
    alertTargetArns: { [email]: `projects/${projectId}/notificationChannels/audit-alerts-${email}`, [siem]: siem },
    ref: { ...ref, sharedRoles: true },
  });
});

test("another project's number is refused before anything is made", async () => {
  const calls = { "gcp:organizations/getProject:getProject": () => ({ number: "999999999999" }) };
  const everything = {
    ...project,
    emails: [email],
    gcp: { ...place, sharedRoles: true, organizationId: "987654321", denyPolicy: { readers: [`user:${email}`] } },
  };
  for (const args of [everything, { ...everything, ...archive, gcp: { ...everything.gcp, location: undefined } }]) {
    const { resources, errors } = await attempt(() => new AuditTrail("audit", args as AuditTrailArgs), { calls });
    expect(errors[0]).toContain(
      `gcp.projectNumber: project ${projectId} has the number 999999999999, not ${projectNumber}`,
    );
    expect(summary(resources)).toEqual([`${component} audit`]);
  }
});

const many = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each<[string, Partial<AuditTrailArgs>, string[]]>([
  [
    "what AWS has only",
    {
      existingTrailArn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/organization",
      alertTargetArns: ["arn:aws:sns:us-east-1:111122223333:mine"],
      workspaces: [{ name: "production", regions: ["us-east-1"] }],
    },
    [
      "existingTrailArn: is a trail of AWS: on Google Cloud each project writes audit logs by itself, leave it out",
      "alertTargetArns: are targets of AWS: on Google Cloud, emails and gcp.notificationChannels say who gets the alerts",
      "workspaces[0].regions: are of AWS: on Google Cloud an alert sees all locations, leave them out",
    ],
  ],
  [
    "an archive's key",
    { gcp: withoutLocation, logArchive: { bucketName: "archive", keyArn: "arn:aws:kms:us-east-1:111122223333:key/1" } },
    ["logArchive.keyArn: is a key of AWS: give the bucket itself a key of Cloud KMS"],
  ],
  [
    "a bucket without a place",
    { gcp: withoutLocation },
    ["gcp.location: is missing: give the location of the bucket for the logs, for example europe-west3"],
  ],
  [
    "a place without a bucket",
    { logArchive: { bucketName: "archive" } },
    ["gcp.location: has no meaning beside logArchive, since no bucket is made: leave one out"],
  ],
  ["no retention", { retentionDays: 0 }, ["retentionDays: must be 1 to 36500"]],
  ["more retention than there is", { retentionDays: 36_501 }, ["retentionDays: must be 1 to 36500"]],
  [
    "tags that are no labels",
    { tags: { Team: "ml" } },
    [
      "tags.Team: a label's key on Google Cloud is 1 to 63 lower-case letters, digits, hyphens and underscores, beginning with a letter",
    ],
  ],
  [
    "more tags than there are labels",
    { tags: Object.fromEntries(many(64).map((index) => [`t${index}`, ""])) },
    ["tags: are 64, and 2 are ours and Pulumi's: Google Cloud takes 64 labels in all"],
  ],
  [
    "more channels than an alert has",
    { emails: many(16).map((index) => `a${index}@b.c`), gcp: { ...place, notificationChannels: [siem] } },
    ["emails: an alert goes to 16 at most, emails and notificationChannels"],
  ],
  ["an address twice", { emails: [email, email] }, ["emails: holds one twice: keep one"]],
  [
    "a channel twice",
    { gcp: { ...place, notificationChannels: [siem, siem] } },
    ["gcp.notificationChannels: holds one twice: keep one"],
  ],
  [
    "more alerts than a project has",
    { workspaces: many(490).map((index) => ({ name: `w${index}` })) },
    ["workspaces: would be 501 alerts: a project takes 500"],
  ],
])("bad input: %s", async (_, args, problems) => {
  const { resources, errors } = await attempt(() => new AuditTrail("audit", { ...project, ...args }), {
    calls: gcpCalls,
  });
  expect(errors.map((error) => error.replace('AuditTrail "audit": ', ""))).toEqual(problems);
  expect(errors.every((error) => error.startsWith('AuditTrail "audit": '))).toBe(true);
  expect(resources).toEqual([]);
});
