import { output } from "@pulumi/pulumi";
import { Secret, type SecretGcpArgs, type WorkspaceRef } from "../../../index";
import { gcpRef, projectId } from "../../support/gcp";
import { named, only, run, summary } from "../../support/mocks";

const secretType = "gcp:secretmanager/secret:Secret";
const agent = "serviceAccount:service-123456789012@gcp-sa-secretmanager.iam.gserviceaccount.com";
const key = (location: string, name = "k") => `projects/keys/locations/${location}/keyRings/r/cryptoKeys/${name}`;

const provision = (gcp: SecretGcpArgs, workspace: WorkspaceRef = gcpRef) =>
  run(() => {
    new Secret("db", { workspace, gcp });
  });

test("a secret waits until Secret Manager may use each of its keys, each allowed once", async () => {
  const { resources } = await provision({
    replicas: [
      { location: "europe-west3", kmsKeyName: key("europe-west3") },
      { location: "europe-west4", kmsKeyName: key("europe-west4") },
    ],
  });
  expect(summary(resources)).toEqual([
    "vantedge-secrets:index:Secret db",
    "gcp:projects/serviceIdentity:ServiceIdentity db-agent",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember db-key-1",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember db-key-2",
    `${secretType} db`,
  ]);
  expect(only(resources, "gcp:projects/serviceIdentity:ServiceIdentity").inputs).toEqual({
    project: projectId,
    service: "secretmanager.googleapis.com",
  });
  const grants = named(resources, "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember");
  expect(grants["db-key-2"]?.inputs).toEqual({
    cryptoKeyId: key("europe-west4"),
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member: agent,
  });
  const made = only(resources, secretType);
  expect(made.options.dependencies).toEqual(expect.arrayContaining(["db-key-1", "db-key-2"]));
  expect(made.inputs.replication).toEqual({
    userManaged: {
      replicas: ["europe-west3", "europe-west4"].map((location) => ({
        location,
        customerManagedEncryption: { kmsKeyName: key(location) },
      })),
    },
  });
});

test("what Secret Manager is allowed stays when the secret goes: others may be under the same key", async () => {
  const { resources } = await provision({ kmsKeyName: key("global") });
  for (const { type, options } of resources.filter(({ type }) => /serviceIdentity|IAMMember/.test(type))) {
    expect([type, options.retainOnDelete]).toEqual([type, true]);
  }
  expect(only(resources, secretType).inputs.replication).toEqual({
    auto: { customerManagedEncryption: { kmsKeyName: key("global") } },
  });
});

test("a key that is made by the same program, and that of a regional secret", async () => {
  const { resources } = await provision(
    { kmsKeyName: output(key("europe-west3")) },
    { ...gcpRef, location: "europe-west3" },
  );
  expect(only(resources, "gcp:secretmanager/regionalSecret:RegionalSecret").inputs.customerManagedEncryption).toEqual({
    kmsKeyName: key("europe-west3"),
  });
});

const rotationReminder = { everyDays: 30, nextRotationTime: "2099-01-31T18:00:00Z" };

test("reminders go to a topic of the secret's own, on which Secret Manager may publish before the secret is made", async () => {
  const { resources } = await provision({ rotationReminder });
  expect(only(resources, "gcp:pubsub/topic:Topic").inputs).toEqual({
    project: projectId,
    name: "vantedge--production--db",
    labels: { "vantedge-organization": "ai-startup", "vantedge-workspace": "production" },
  });
  expect(only(resources, "gcp:pubsub/topicIAMMember:TopicIAMMember").inputs).toEqual({
    topic: "projects/ai-startup-production/topics/vantedge--production--db",
    role: "roles/pubsub.publisher",
    member: agent,
  });
  const made = only(resources, secretType);
  expect(made.inputs).toMatchObject({
    topics: [{ name: "projects/ai-startup-production/topics/vantedge--production--db" }],
    rotation: { rotationPeriod: "2592000s", nextRotationTime: "2099-01-31T18:00:00Z" },
  });
  expect(made.options.dependencies).toContain("db-topic");
});

test("a first reminder that is past stays in the program: what is given is where Google has gone on to", async () => {
  const past = { everyDays: 30, nextRotationTime: "2026-01-31T18:00:00Z" };
  const { resources } = await provision({ rotationReminder: past });
  const { rotation } = only(resources, secretType).inputs as { rotation: { nextRotationTime: string } };
  const since = Date.parse(rotation.nextRotationTime) - Date.parse(past.nextRotationTime);
  expect(since % (30 * 86_400_000)).toBe(0);
  const ahead = Date.parse(rotation.nextRotationTime) - Date.now();
  expect(ahead).toBeGreaterThan(0);
  expect(ahead).toBeLessThanOrEqual(30 * 86_400_000);
});

test("or to one that is there", async () => {
  const { resources } = await provision({
    rotationReminder: { ...rotationReminder, topicName: "projects/p/topics/t" },
  });
  expect(summary(resources)).not.toContain("gcp:pubsub/topic:Topic db-reminders");
  expect(only(resources, secretType).inputs.topics).toEqual([{ name: "projects/p/topics/t" }]);
});

test("without keys and reminders, Secret Manager is allowed nothing", async () => {
  const { resources } = await provision({});
  expect(summary(resources)).toEqual(["vantedge-secrets:index:Secret db", `${secretType} db`]);
});
