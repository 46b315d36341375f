import type { Inputs } from "../../../google/requests";
import type { GoogleApi } from "../api";
import { notFound } from "../errors";
import type { Resource } from "../state";
import { callToCreate, familyOf, type Kind } from "./kind";

/** A version of a global or a regional secret. */
export function secretVersion(type: string): Kind {
  const family = `${familyOf(type)}.versions`;
  const setEnabled = (api: GoogleApi, name: string, enabled: boolean) =>
    api.call(`${family}.${enabled ? "enable" : "disable"}`, { name });
  /** The provider compares a value that is not write-only with its state, and reads it to do so. */
  const compare = (api: GoogleApi, { secretData }: Inputs, version: Resource) => {
    if (typeof secretData === "string" && version.state === "ENABLED")
      api.call(`${family}.access`, { name: version.name as string });
  };
  return {
    immutable: ["secret", "secretData", "secretDataWoVersion", "isSecretDataBase64"],
    computed: ["name", "version", "createTime", "destroyTime"],
    create(api, inputs) {
      const made = callToCreate(api, type, inputs);
      if (inputs.enabled === false) setEnabled(api, made.name as string, false);
      else compare(api, inputs, made);
      return { id: made.name as string, outputs: { ...outputsOf(made), enabled: inputs.enabled ?? true } };
    },
    read(api, id, inputs) {
      const version = api.call(`${family}.get`, { name: id });
      if (version.state === "DESTROYED") throw notFound(id);
      compare(api, inputs, version);
      return outputsOf(version);
    },
    update(api, id, { enabled }, changed) {
      if (changed.includes("enabled")) setEnabled(api, id, enabled !== false);
    },
    remove(api, id, { deletionPolicy }) {
      api.call(`${family}.${deletionPolicy === "DISABLE" ? "disable" : "destroy"}`, { name: id });
    },
    isNumbered: true,
    // Of a global version that it didn't write, the provider asks for metadata alone; of a regional one, for the value.
    ...(type === "gcp:secretmanager/secretVersion:SecretVersion" ? { settings: () => ({}) } : {}),
  };
}

function outputsOf({ name, createTime, destroyTime, state }: Resource): Inputs {
  const version = (name as string).split("/").at(-1);
  return { name, version, createTime, destroyTime: destroyTime ?? "", enabled: state === "ENABLED" } as Inputs;
}
