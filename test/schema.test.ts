import { readFileSync } from "node:fs";
import { componentSchema, schemaFile } from "../local/schema";

const committed = readFileSync(schemaFile, "utf8");
const schema = JSON.parse(committed);

test("the committed schema is what the code gives: npm run schema writes it", async () => {
  expect(await componentSchema()).toBe(committed);
}, 30_000);

test.each([
  [
    "Workspace",
    [
      "workspaceName",
      "keyArn",
      "roleArns",
      "effectivePermissions",
      "rotatorRoleArn",
      "createCommand",
      "updateCommand",
      "namespace",
      "audited",
      "deployerPolicy",
      "breakGlassPolicy",
      "reducedGuarantees",
    ],
    [
      "organization",
      "workspaceName",
      "aws",
      "gcp",
      "roles",
      "existingRoles",
      "sessionHours",
      "deployers",
      "breakGlass",
      "listing",
      "memberKms",
      "rotator",
      "adopt",
      "importKeys",
      "kubernetes",
      "prefix",
      "auditTrail",
      "tags",
    ],
  ],
  [
    "Secret",
    ["secretName", "cloudName", "secretId", "versionId"],
    [
      ...[
        "workspace",
        "secretName",
        "type",
        "description",
        "value",
        "fields",
        "recoveryWindowInDays",
        "tags",
        "import",
      ],
      ...["rotation", "overwriteRotated", "pinVersion", "lockdown", "gcp"],
    ],
  ],
  [
    "DeploymentBinding",
    [
      ...["bindingName", "namespace", "workload", "env", "envFrom", "volumes", "volumeMounts", "imagePullSecrets"],
      ...["podAnnotations", "workloadAnnotations", "serviceAccountName", "initContainers", "tlsSecretNames"],
      ...["readerRoleArn", "readerServiceAccount", "ecsSecrets", "lambdaEnvironment", "cloudRunEnv"],
      ...["versions", "restartedBy", "uses"],
      ...["worstCaseStalenessSeconds", "estimatedApiCallsPerMonth", "estimatedMonthlyPrice"],
    ],
    [
      ...["workspace", "bindingName", "kind", "workload", "env", "envFrom", "files", "imagePullSecrets", "tls"],
      ...["secrets", "values", "delivery", "freshness", "restartedBy", "refreshSeconds", "maxStalenessSeconds"],
      ...["keepOnDestroy", "expectedPods", "apiVersions", "reader"],
    ],
  ],
  [
    "AuditTrail",
    ["trailArn", "bucketName", "keyArn", "alertTargetArns"],
    [
      "organization",
      "aws",
      "gcp",
      "workspaces",
      "retentionDays",
      "objectLock",
      "existingTrailArn",
      "logArchive",
      "emails",
      "alertTargetArns",
      "tags",
    ],
  ],
])("%s has the public fields as outputs, and no others", (name, outputs, inputs) => {
  const resource = schema.resources[`vantedge-secrets:index:${name}`];
  expect(Object.keys(resource.properties)).toEqual(outputs);
  expect(Object.keys(resource.inputProperties)).toEqual(inputs);
});

test("every argument and output is described", () => {
  const described = [...Object.values(schema.resources), ...Object.values(schema.types)].flatMap((type) => {
    const { properties = {}, inputProperties = {} } = type as Record<string, Record<string, { description?: string }>>;
    return Object.entries({ ...properties, ...inputProperties });
  });
  expect(described.filter(([, { description }]) => !description).map(([name]) => name)).toEqual([]);
});

test.each([
  ["SecretType", ["api-token", "database-credentials", "service-credentials", "generic"]],
  ["WorkloadKind", ["agent", "model", "data-source", "tool", "application"]],
  ["Cloud", ["aws", "gcp"]],
  ["Listing", ["account", "none", "explorer"]],
  ["MemberKms", ["validate-only", "via-service"]],
  ["ObjectLock", ["governance", "compliance"]],
  ["ProjectSharing", ["none", "strict", "open"]],
  ["PreviousVersion", ["keep", "disable"]],
])("%s is an enumeration in every language", (name, values) => {
  // Not in their order: that of TypeScript, which is of the whole program.
  const { enum: members } = schema.types[`vantedge-secrets:index:${name}`];
  expect(members.map(({ value }: { value: string }) => value).sort()).toEqual([...values].sort());
});
