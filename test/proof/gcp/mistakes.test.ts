import type { Kind } from "./cast";
import { rolesOf } from "./cast";
import { type Decision, decide, type Place } from "./decide";
import { mistakes, withConditions } from "./mistakes";
import { type Stage, stage } from "./rows";
import { boundSecret, homeLocation, secretAt, settings } from "./world";

type Mistake = keyof typeof mistakes;

const modes = ["shared-strict", "shared-strict-regional", "shared-open"] as const;
const stages = new Map<string, Stage>();
beforeAll(async () => {
  for (const mode of modes) stages.set(mode, await stage(mode, settings[mode]));
});

/** By whom each known mistake shows, and on what. All of them would say the opposite without it. */
// biome-ignore format: a table
const shown: readonly [Mistake, Kind, permission: string, on: (stage: Stage) => Place, Decision][] = [
  ["missing SecretVersion",        "admin",  "versions.access", ({ homes: [, other] }) => secretAt(other, boundSecret),      "Allow"],
  ["missing SecretVersion",        "owner",  "versions.access", ({ homes: [own] }) => ({ ...secretAt(own, "any"), secretId: "legacy-db" }), "Allow"],
  ["missing SecretVersion",        "member", "versions.destroy", ({ homes: [, , alike] }) => secretAt(alike, boundSecret),   "Allow"],
  ["project id in place of number", "admin",  "versions.access", ({ homes: [own] }) => secretAt(own, boundSecret),           "Deny"],
  ["project id in place of number", "viewer", "secrets.get",     ({ homes: [own] }) => secretAt(own, boundSecret),           "Deny"],
  ["missing delimiter",            "admin",  "versions.access", ({ homes: [, , alike] }) => secretAt(alike, boundSecret),    "Allow"],
  ["missing delimiter",            "member", "secrets.delete",  ({ homes: [, , alike] }) => secretAt(alike, boundSecret),    "Allow"],
];

describe.each(modes)("%s", (mode) => {
  test.each(shown)("%s: the %s gets %s on what is not as it should be", (mistake, kind, permission, on, wrong) => {
    const set = stages.get(mode) as Stage;
    const [own] = set.homes;
    const actor = rolesOf(own).find((one) => one.kind === kind) as ReturnType<typeof rolesOf>[number];
    const places = [on(set), ...(set.setting.location === undefined ? [] : [{ ...on(set), location: homeLocation }])];
    const faulty = withConditions(set.recorded, (text) => mistakes[mistake](text, own.project));
    for (const place of places) {
      const request = { permission: `secretmanager.${permission}`, place, time: actor.time };
      expect(decide(actor, request, faulty)).toBe(wrong);
      expect(decide(actor, request, set.recorded)).not.toBe(wrong);
    }
  });
});
