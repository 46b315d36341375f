import fc from "fast-check";
import {
  allows,
  permissions as matrixPermissions,
  type Permission,
  type RoleName,
  roleNames,
} from "../../../components/roles";
import { ProjectSharing } from "../../../index";
import { secretNames, twoNames } from "../names";
import { type Actor, rolesOf } from "./cast";
import { type Decision, decide, type Place, type Request } from "./decide";
import { levelOf, permissions } from "./permissions";
import type { Recorded } from "./recorded";
import { type Home, homeLocation, homeOf, recordWorkspaces, type Setting, secretAt } from "./world";

/** Printed, so that a failing run can be made again: FAST_CHECK_SEED=... npm run test:proof. */
const seed = Number(process.env.FAST_CHECK_SEED ?? Date.now() % 2 ** 31);
const pairs = 30;
const requestsOfPair = 400;

const shared: fc.Arbitrary<Setting> = fc.record(
  {
    sharing: fc.constantFrom(ProjectSharing.Strict, ProjectSharing.Open),
    location: fc.constant(homeLocation),
    locked: fc.boolean(),
  },
  { requiredKeys: ["sharing"] },
);

/** Numbers that choose a request among all there are. */
const choices = fc.array(fc.tuple(secretNames, fc.nat(), fc.nat(), fc.nat()), {
  minLength: requestsOfPair,
  maxLength: requestsOfPair,
});

function pick<T>(from: readonly T[], choice: number): T {
  return from[choice % from.length] as T;
}

const onSecrets = permissions.filter((permission) => levelOf(permission) !== "project");
const onProjects = permissions.filter((permission) => levelOf(permission) === "project");
const locations = [undefined, homeLocation, "europe-west1"];

/** What the open variant says: on the project, everybody lists, and whoever writes creates. */
function onProject(actor: Actor, permission: string, { sharing }: Setting): Decision {
  if (sharing !== ProjectSharing.Open || actor.time.getFullYear() > 2030) return "Deny";
  const listing = ["secretmanager.secrets.list", "resourcemanager.projects.get"];
  const ofRole = (role: RoleName) =>
    (allows(role, "list") && listing.includes(permission)) ||
    (allows(role, "create") && permission === "secretmanager.secrets.create");
  const role = actor.kind === "contractor" ? "admin" : actor.kind;
  return roleNames.includes(role as RoleName) && ofRole(role as RoleName) ? "Allow" : "Deny";
}

test("nobody reaches into another workspace of the project, beyond what the open variant says", async () => {
  let asked = 0;
  const start = performance.now();
  const crossing = async (names: [string, string], setting: Setting, chosen: [string, number, number, number][]) => {
    const recorded = await recordWorkspaces(names, setting);
    const [own, other] = names.map((one, index) => homeOf(one, setting, index)) as [Home, Home];
    const actors = rolesOf(own);
    for (const [secret, who, what, where] of chosen) {
      const actor = pick(actors, who);
      const place = secretAt(other, secret, pick(locations, where));
      decided(actor, { permission: pick(onSecrets, what), place, time: actor.time }, recorded, "Deny");
      const permission = pick(onProjects, what);
      const wanted = onProject(actor, permission, setting);
      decided(actor, { permission, place: { project: other.project }, time: actor.time }, recorded, wanted);
      asked += 1;
    }
  };
  await fc.assert(fc.asyncProperty(twoNames, shared, choices, crossing), { seed, numRuns: pairs, endOnFailure: true });
  tell(
    "requests for another workspace's secrets, none allowed, and as many to the project that all share",
    asked,
    start,
  );
  expect(asked).toBeGreaterThanOrEqual(10_000);
});

function tell(what: string, count: number, start: number): void {
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`${what}: ${count} decisions in ${seconds} s, seed ${seed}\n`);
}

function decided(actor: Actor, request: Request, recorded: Recorded, wanted: Decision): void {
  const got = decide(actor, request, recorded);
  if (got === wanted) return;
  const where = JSON.stringify(request.place);
  throw new Error(`${actor.name} | ${request.permission} | ${where}: expected ${wanted}, got ${got}`);
}

/** What a permission of the matrix means on Google Cloud: whoever has it is allowed each of these. */
const means: Record<Permission, string[]> = {
  create: ["secrets.create", "versions.add"],
  list: ["secrets.list", "secrets.get", "versions.list", "versions.get"],
  retrieve: ["versions.access"],
  update: ["versions.add", "secrets.update", "versions.enable", "versions.disable"],
  delete: ["secrets.delete", "versions.destroy"],
  resourcePolicy: ["secrets.setIamPolicy"],
  rotation: ["secrets.enableManagedRotation"],
  // There is no recovery window: to delete is to delete for good, whoever does it.
  forceDelete: [],
};

/** A right of a role that other permissions of the matrix give it too. */
function hasRight(role: RoleName, right: string): boolean {
  return matrixPermissions.some((permission) => allows(role, permission) && means[permission].includes(right));
}

const anySetting = fc.oneof(
  shared,
  fc.record(
    { sharing: fc.constant(ProjectSharing.None), location: fc.constant(homeLocation), locked: fc.boolean() },
    { requiredKeys: ["sharing"] },
  ),
);

test("in its own workspace, a role may do exactly what the role matrix says", async () => {
  let asked = 0;
  let allowed = 0;
  const start = performance.now();
  const inside = async (names: [string, string], setting: Setting, chosen: [string, number, number, number][]) => {
    const recorded = await recordWorkspaces(names, setting);
    const own = homeOf(names[0], setting, 0);
    const roles = rolesOf(own).filter(({ kind }) => roleNames.includes(kind as RoleName));
    const rights = [...new Set(Object.values(means).flat())];
    for (const [secret, who, what, where] of chosen) {
      const actor = pick(roles, who);
      const right = pick(rights, what);
      const permission = `secretmanager.${right}`;
      const isOfProject = levelOf(permission) === "project";
      const at = pick([undefined, setting.location], where);
      const place: Place = isOfProject ? { project: own.project } : secretAt(own, secret, at);
      const withheld = isOfProject && setting.sharing === ProjectSharing.Strict;
      const wanted = !withheld && hasRight(actor.kind as RoleName, right) ? "Allow" : "Deny";
      decided(actor, { permission, place, time: actor.time }, recorded, wanted);
      asked += 1;
      allowed += wanted === "Allow" ? 1 : 0;
    }
  };
  await fc.assert(fc.asyncProperty(twoNames, anySetting, choices, inside), {
    seed,
    numRuns: pairs,
    endOnFailure: true,
  });
  tell(`requests inside a workspace, ${allowed} of them allowed, as the role matrix says`, asked, start);
  expect(asked).toBeGreaterThanOrEqual(10_000);
  expect(allowed).toBeGreaterThan(asked / 4);
});
