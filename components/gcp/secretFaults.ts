import type { Fault, SecretFacts } from "../backend";
import { PreviousVersion, type SecretGcpArgs } from "../secretArgs";
import { labelFaults } from "./labels";
import { isTooFar } from "./moments";
import { idPrefix, secretPath } from "./names";

/** `vantedge-organization`, `vantedge-workspace`, `vantedge-type`. */
const ownLabels = 3;

/** What is wrong with a secret by Google's rules, before anything is created. */
export function secretFaults(spec: SecretFacts): Fault[] {
  const { gcp = {} } = spec;
  return [
    ...unavailable(spec),
    ...versionFaults(spec),
    ...importFaults(spec),
    ...labelFaults(spec.tags, ownLabels),
    ...annotationFaults(spec),
    ...[
      ...replicaFaults(spec),
      ...keyFaults(spec),
      ...limitFaults(gcp),
      ...topicFaults(spec),
      ...aliasFaults(gcp),
      ...successionFaults(spec),
    ].map(({ path, message }) => ({ path: ["gcp", ...path], message })),
  ];
}

/** What only AWS has. 0 days is what Google does anyway. */
function unavailable({ rotation, lockdown, recoveryWindowInDays }: SecretFacts): Fault[] {
  const faults: [string, boolean, string][] = [
    [
      "rotation",
      rotation !== undefined,
      "is by a Lambda function of AWS, and Google replaces no values: set gcp.rotationReminder, and have the one who gets the reminder replace the value",
    ],
    [
      "lockdown",
      lockdown !== undefined,
      "is a resource policy of AWS that denies, and Google's only grant: set denyPolicy on the project's AuditTrail",
    ],
    [
      "recoveryWindowInDays",
      recoveryWindowInDays !== undefined && recoveryWindowInDays !== 0,
      "is of AWS; Google deletes a secret at once and for good: leave it out, and keep gcp.deletionProtection",
    ],
  ];
  return faults.flatMap(([key, given, message]) => (given ? [{ path: [key], message }] : []));
}

function versionFaults({ pinVersion }: SecretFacts): Fault[] {
  if (pinVersion === undefined || /^[1-9]\d{0,9}$/.test(pinVersion)) return [];
  return [{ path: ["pinVersion"], message: 'must be the number of a version, in quotes, for example "7"' }];
}

function importFaults({ importId, workspace, secretName }: SecretFacts): Fault[] {
  const own = secretPath(workspace, secretName);
  if (importId === undefined || importId === own) return [];
  return [{ path: ["import"], message: `must be the path of the secret of this very name: ${own}` }];
}

/** https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets#Secret: less than 16 KiB in all. */
const mostAnnotationBytes = 16 * 1024;
const annotationKey = /^[a-zA-Z0-9]([a-zA-Z0-9._-]{0,61}[a-zA-Z0-9])?$/;

function annotationFaults({ description, gcp }: SecretFacts): Fault[] {
  const annotations = Object.entries(gcp?.annotations ?? {});
  const faults = annotations.flatMap(([key]) => {
    if (key.startsWith("vantedge-"))
      return [annotationFault(key, "annotations that begin with vantedge- are reserved")];
    if (annotationKey.test(key)) return [];
    return [
      annotationFault(
        key,
        "an annotation's key is 1 to 63 letters, digits, hyphens, underscores and dots, beginning and ending with a letter or digit",
      ),
    ];
  });
  const described = typeof description === "string" ? [["vantedge-description", description]] : [];
  const bytes = [...annotations, ...described].flat().reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes < mostAnnotationBytes) return faults;
  const path = annotations.length === 0 ? ["description"] : ["gcp", "annotations"];
  const message = `description and annotations have ${bytes} bytes together, and Google takes less than ${mostAnnotationBytes}: shorten them`;
  return [...faults, { path, message }];
}

function annotationFault(key: string, message: string): Fault {
  return { path: ["gcp", "annotations", key], message };
}

function replicaFaults({ gcp = {}, workspace }: SecretFacts): Fault[] {
  const { replicas, kmsKeyName } = gcp;
  if (replicas === undefined) return [];
  const faults: Fault[] = [];
  if (workspace.location !== undefined) {
    const message = `has no place: the workspace keeps its secrets in ${workspace.location} only: leave it out`;
    faults.push({ path: ["replicas"], message });
  }
  if (kmsKeyName !== undefined) {
    faults.push({
      path: ["kmsKeyName"],
      message: "is for a secret without replicas: give each replica its kmsKeyName",
    });
  }
  const locations = replicas.map(({ location }) => location);
  if (new Set(locations).size < locations.length) {
    faults.push({ path: ["replicas"], message: "holds a location twice: keep one" });
  }
  const wrong = locations.findIndex((location) => !/^[a-z]+(-[a-z]+)+\d+$/.test(location));
  if (wrong >= 0) {
    faults.push({
      path: ["replicas", wrong, "location"],
      message: "must be a location's name, for example europe-west3",
    });
  }
  const keyed = replicas.filter((replica) => replica.kmsKeyName !== undefined).length;
  if (keyed > 0 && keyed < replicas.length) {
    faults.push({ path: ["replicas"], message: "have keys in part: Google takes a key for each of them, or none" });
  }
  return faults;
}

/** https://cloud.google.com/secret-manager/docs/cmek: a key is where the value is. */
function keyFaults({ gcp = {}, workspace }: SecretFacts): Fault[] {
  const { kmsKeyName, replicas = [] } = gcp;
  const own = keyProblem(kmsKeyName, workspace.location ?? "global");
  return [
    ...(own === undefined ? [] : [{ path: ["kmsKeyName"], message: own }]),
    ...replicas.flatMap((replica, index) => {
      const message = keyProblem(replica.kmsKeyName, replica.location);
      return message === undefined ? [] : [{ path: ["replicas", index, "kmsKeyName"], message }];
    }),
  ];
}

/** Of a key that is no plain text yet, Google tells. */
function keyProblem(name: unknown, location: string): string | undefined {
  if (typeof name !== "string") return undefined;
  const [, found] = /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.exec(name) ?? [];
  if (found === undefined) return "must be the name of a key: projects/P/locations/L/keyRings/R/cryptoKeys/K";
  return found === location
    ? undefined
    : `is a key of ${found}, and the value is in ${location}: take a key of ${location}`;
}

const tooFar = "is more than 100 years away, which Google refuses: choose an earlier moment";

function limitFaults({ versionDestroyDays, rotationReminder, expireTime }: SecretGcpArgs): Fault[] {
  const faults: Fault[] = [];
  if (versionDestroyDays !== undefined && (versionDestroyDays < 0 || versionDestroyDays > 1000)) {
    faults.push({ path: ["versionDestroyDays"], message: "must be 0 (destroyed at once) or 1 to 1000" });
  }
  if (rotationReminder !== undefined && (rotationReminder.everyDays < 1 || rotationReminder.everyDays > 36_500)) {
    faults.push({ path: ["rotationReminder", "everyDays"], message: "must be 1 to 36500" });
  }
  if (rotationReminder !== undefined && isTooFar(rotationReminder.nextRotationTime)) {
    faults.push({ path: ["rotationReminder", "nextRotationTime"], message: tooFar });
  }
  if (expireTime !== undefined && isTooFar(expireTime)) faults.push({ path: ["expireTime"], message: tooFar });
  if (expireTime !== undefined && Date.parse(expireTime) <= Date.now()) {
    faults.push({
      path: ["expireTime"],
      message: "is past, and Google would delete the secret: choose a later moment",
    });
  }
  return faults;
}

/** https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names */
function topicFaults({ gcp, workspace }: SecretFacts): Fault[] {
  const reminder = gcp?.rotationReminder;
  if (reminder === undefined) return [];
  const { topicName } = reminder;
  const path = ["rotationReminder", "topicName"];
  if (topicName === undefined && /^(\d|goog)/.test(idPrefix(workspace))) {
    const message = `is missing: no topic may be called ${idPrefix(workspace)}..., since names of topics begin with a letter, and not with goog: name one`;
    return [{ path, message }];
  }
  if (typeof topicName !== "string" || /^projects\/[^/]+\/topics\/[^/]+$/.test(topicName)) return [];
  return [{ path, message: "must be the name of a topic: projects/P/topics/T" }];
}

/** The provider disables what the program holds no more: the last version too, when its value is left away. */
function successionFaults({ gcp, pinVersion }: SecretFacts): Fault[] {
  if (pinVersion === undefined || gcp?.previousVersion !== PreviousVersion.Disable) return [];
  const message =
    'is "disable", and the version that this program wrote last is disabled with its value left away, even if it is the ' +
    'pinned one: set "keep" and run "pulumi up" with the value first, then pin';
  return [{ path: ["previousVersion"], message }];
}

/** https://cloud.google.com/secret-manager/docs/assign-alias-to-secret-version */
const mostAliases = 50;

function aliasFaults({ versionAliases = {} }: SecretGcpArgs): Fault[] {
  const entries = Object.entries(versionAliases);
  const faults = entries.flatMap(([alias, version]) => {
    const message = aliasProblem(alias, version);
    return message === undefined ? [] : [{ path: ["versionAliases", alias], message }];
  });
  if (entries.length <= mostAliases) return faults;
  return [...faults, { path: ["versionAliases"], message: `are ${entries.length}, and Google takes ${mostAliases}` }];
}

function aliasProblem(alias: string, version: string): string | undefined {
  if (alias === "latest" || alias === "NEW") return "is a name that Google keeps for itself: choose another";
  if (!/^[a-zA-Z][a-zA-Z0-9_-]{0,62}$/.test(alias)) {
    return "an alias is 1 to 63 letters, digits, hyphens and underscores, beginning with a letter";
  }
  return /^[1-9]\d{0,9}$/.test(version) ? undefined : 'must be the number of a version, in quotes, for example "7"';
}
