import { bodyOf, known } from "../../../google/refusals";
import type { Inputs } from "../../../google/requests";
import { type GoogleApi, hasMethod, pathParameter } from "../api";
import type { Resource } from "../state";
import { callToCreate, familyOf, type Kind } from "./kind";

interface Settings {
  immutable: readonly string[];
  /** What Google adds, by the names of outputs. */
  adds?: Record<string, (resource: Resource) => unknown>;
  /** The engine's id, and the name by which Google's methods know it, where they differ from the resource's `name`. */
  id?: (name: string, inputs: Inputs) => string;
  name?: (id: string, inputs: Inputs) => string;
  update?: string;
  /** The body of an update holds the resource under this name. */
  inBody?: string;
  /** What is a call of its own. */
  afterwards?: (api: GoogleApi, inputs: Inputs) => void;
  isNumbered?: true;
}

/** What is created, asked for, changed and deleted as it stands. */
export function stored(type: string, settings: Settings): Kind {
  const { adds = {}, id = (name) => name, name = (id) => id, afterwards = () => {} } = settings;
  const family = familyOf(type);
  const outputsOf = (resource: Resource) =>
    Object.fromEntries(Object.entries(adds).map(([output, of]) => [output, of(resource)])) as Inputs;
  const call = (api: GoogleApi, verb: string, at: string, body?: Resource) => {
    const method = `${family}.${verb}`;
    return api.call(method, { [pathParameter(method) as string]: at }, body);
  };
  return {
    immutable: settings.immutable,
    computed: Object.keys(adds),
    create(api, inputs) {
      const made = callToCreate(api, type, inputs);
      afterwards(api, inputs);
      return { id: id(made.name as string, inputs), outputs: outputsOf(made) };
    },
    read: (api, is, inputs) => outputsOf(call(api, "get", name(is, inputs))),
    update(api, is, inputs, changed) {
      const body = bodyOf(type, known(inputs) as Inputs) as Resource;
      const { inBody } = settings;
      const sent = inBody === undefined ? body : { [inBody]: body[inBody] ?? body, updateMask: changed.join(",") };
      call(api, settings.update ?? "patch", name(is, inputs), sent);
      afterwards(api, inputs);
    },
    remove(api, is, inputs) {
      // Google deletes no key ring and no key: the provider forgets them.
      if (hasMethod(`${family}.delete`)) call(api, "delete", name(is, inputs));
    },
    ...(settings.isNumbered && { isNumbered: true }),
  };
}

/** A retention policy is locked for good. */
export function lockRetention(api: GoogleApi, { name, retentionPolicy }: Inputs): void {
  if ((retentionPolicy as Inputs | null | undefined)?.isLocked !== true) return;
  api.call("storage.buckets.lockRetentionPolicy", { bucket: name as string, ifMetagenerationMatch: "1" });
}
