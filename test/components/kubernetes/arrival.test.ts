import { askedOutsideOfJest, type Clusters, json, serveClusters, status } from "../../support/fakeClusters";

const path = "/apis/external-secrets.io/v1/namespaces/apps/externalsecrets/agent-a";
const object = { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", namespace: "apps", name: "agent-a" };
const ready = { type: "Ready", status: "True", reason: "SecretSynced", message: "secret synced" };
const failing = { type: "Ready", status: "False", reason: "SecretSyncedError", message: "could not get secret data" };
const live = (generation: number, synced?: string, ...conditions: object[]) =>
  json({ metadata: { generation }, status: { syncedResourceVersion: synced, conditions } });

/** Answers one after the other, and goes on with the last. */
const inTurn = (...answers: ReturnType<typeof json>[]): Clusters[string] => {
  let asked = 0;
  return (url) =>
    url === path ? (answers[Math.min(asked++, answers.length - 1)] as ReturnType<typeof json>) : status(404);
};

const cases: Record<string, [Clusters[string], object]> = {
  there: [inTurn(live(3, "3-abc", ready)), { isSynced: true }],
  newer: [inTurn(live(3, "4-abc", ready)), { isSynced: true }],
  soon: [inTurn(live(2, "1-abc", ready), live(2, "1-abc", ready), live(2, "2-def", ready)), { isSynced: true }],
  afterAnError: [inTurn(status(500), live(1), live(1, undefined, failing), live(1, "1-a", ready)), { isSynced: true }],
  // What it brought stays there, and is what this generation asks for.
  failingSince: [
    inTurn(live(2, "2-abc", failing)),
    { isSynced: true, problem: "SecretSyncedError: could not get secret data" },
  ],
  failing: [
    inTurn(live(2, "1-abc", failing)),
    { isSynced: false, problem: "SecretSyncedError: could not get secret data" },
  ],
  unseen: [inTurn(live(1)), { isSynced: false, problem: "the External Secrets Operator has not looked at it" }],
  // The condition is that of the generation before.
  stale: [inTurn(live(2, "1-abc", ready)), { isSynced: false }],
  silent: [inTurn(status(503)), { isSynced: false, problem: "the cluster does not answer" }],
};

test("waits until the operator has synced the object as it is now, and says what it says against it", async () => {
  const fake = await serveClusters(Object.fromEntries(Object.entries(cases).map(([name, [answer]]) => [name, answer])));
  try {
    const place = { kubeconfig: fake.kubeconfig };
    const questions = Object.keys(cases).map((context) => ({ args: [{ ...place, context }, object, 1.8] }));
    const results = await askedOutsideOfJest(
      "arrivalOf",
      [...questions, { args: [{ kubeconfig: "/nowhere" }, object, 1] }],
      { HOME: fake.folder },
    );
    expect(results).toEqual([...Object.values(cases).map(([, expected]) => expected), { isSynced: true }]);
  } finally {
    await fake.stop();
  }
}, 30_000);
