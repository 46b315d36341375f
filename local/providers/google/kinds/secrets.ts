import { bodyOf, known } from "../../../google/refusals";
import type { Inputs } from "../../../google/requests";
import type { GoogleApi } from "../api";
import type { Resource } from "../state";
import { callToCreate, familyOf, type Kind, picked, requestOf } from "./kind";

/** A secret without its versions, global or regional. */
export function secret(type: string): Kind {
  const family = familyOf(type);
  const get = (api: GoogleApi, id: string) => api.call(`${family}.get`, { name: id });
  const { fields = [] } = requestOf(type);
  return {
    immutable: ["project", "location", "secretId", "replication", "tags"],
    computed: ["name", "createTime"],
    create(api, inputs) {
      const made = callToCreate(api, type, inputs);
      return { id: api.world.projects.byId(made.name as string), outputs: outputsOf(made) };
    },
    read: (api, id) => outputsOf(get(api, id)),
    update(api, id, inputs, changed) {
      const sent = changed.filter((name) => fields.includes(name));
      // What the provider keeps to itself is no change for Google.
      if (sent.length === 0) return;
      const body = bodyOf(type, known(picked(inputs, sent)) as Inputs) as Resource;
      api.call(`${family}.patch`, { name: id, updateMask: sent.join(",") }, body);
    },
    remove(api, id, inputs) {
      if (inputs.deletionProtection === true)
        throw new Error(`cannot destroy secret ${id} without setting deletionProtection=false and running an update`);
      api.call(`${family}.delete`, { name: id });
    },
    settings: (api, id) => settingsOf(id, get(api, id), fields),
  };
}

function outputsOf(resource: Resource): Inputs {
  return { name: resource.name, createTime: resource.createTime } as Inputs;
}

function settingsOf(id: string, resource: Resource, fields: readonly string[]): Inputs {
  const [, project, , location] = id.split("/") as [string, string, string, string];
  const place = id.includes("/locations/") ? { project, location } : { project };
  const { automatic, ...userManaged } = (resource.replication ?? {}) as Resource;
  const replication = automatic === undefined ? userManaged : { auto: automatic };
  return {
    ...place,
    secretId: id.split("/").at(-1),
    ...picked(resource as Inputs, fields),
    ...(resource.replication === undefined ? {} : { replication }),
  } as Inputs;
}
