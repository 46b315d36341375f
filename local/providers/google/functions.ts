/** What programs ask of Google Cloud, by token. */
import type { Inputs } from "../../google/requests";
import type { GoogleApi } from "./api";
import { kindOf } from "./kinds";
import type { Resource } from "./state";

type Asked = (api: GoogleApi, args: Inputs) => Inputs;

export const functions: Record<string, Asked> = {
  "gcp:organizations/getProject:getProject": (api, { projectId }) => {
    const id = text(projectId, api.world.projects.own);
    const project = api.call("cloudresourcemanager.projects.get", { projectId: id });
    return { id: `projects/${id}`, projectId: id, name: id, number: project.projectNumber as string };
  },
  "gcp:projects/getProject:getProject": (api, { filter }) => {
    const id = /^(?:projectId|id)[:=]"?([a-z][a-z0-9-]+)"?$/.exec(text(filter, ""))?.[1];
    if (id === undefined) throw new Error("projects/getProject: filter must be projectId:ID in the local cloud");
    const project = api.call("cloudresourcemanager.projects.get", { projectId: id });
    const found = { projectId: id, name: id, number: project.projectNumber, lifecycleState: project.lifecycleState };
    return { id: text(filter, ""), filter: text(filter, ""), projects: [found as Inputs] };
  },
  "gcp:secretmanager/getRegionalSecret:getRegionalSecret": (api, { project, location, secretId }) =>
    secret(api, regionalType, secretPath(api, project, secretId, location)),
  "gcp:secretmanager/getRegionalSecretVersion:getRegionalSecretVersion": (
    api,
    { project, location, secret: asked, version },
  ) => {
    const name = versionName(secretPath(api, project, asked, location), version);
    const found = api.call("secretmanager.projects.locations.secrets.versions.get", { name });
    // Google's provider has no way to ask for the metadata alone.
    const read = api.call("secretmanager.projects.locations.secrets.versions.access", { name });
    const { data } = read.payload as { data: string };
    return { ...metadataOf(found), location: location ?? null, secretData: Buffer.from(data, "base64").toString() };
  },
  "gcp:secretmanager/getSecret:getSecret": (api, { project, secretId }) =>
    secret(api, globalType, secretPath(api, project, secretId)),
  "gcp:secretmanager/getSecretVersion:getSecretVersion": (
    api,
    { project, secret: asked, version, fetchSecretData },
  ) => {
    if (fetchSecretData !== false)
      throw new Error(
        "secretmanager/getSecretVersion: fetchSecretData must be false: nothing here has to read a value",
      );
    const name = versionName(secretPath(api, project, asked), version);
    const found = api.call("secretmanager.projects.secrets.versions.get", { name });
    return { ...metadataOf(found), fetchSecretData, secretData: "" };
  },
};

const globalType = "gcp:secretmanager/secret:Secret";
const regionalType = "gcp:secretmanager/regionalSecret:RegionalSecret";

function secret(api: GoogleApi, type: string, id: string): Inputs {
  const kind = kindOf(type);
  if (kind?.settings === undefined) throw new Error(`${type} has no settings`);
  return { ...kind.settings(api, id), ...kind.read(api, id, {}, {}), id };
}

/** A secret's path, or its id with project and location. */
function secretPath(api: GoogleApi, project: unknown, secretId: unknown, location?: unknown): string {
  const id = text(secretId, "");
  if (id.startsWith("projects/")) return id;
  const place = location === undefined || location === null ? "" : `/locations/${location}`;
  return `projects/${text(project, api.world.projects.own)}${place}/secrets/${id}`;
}

function versionName(secret: string, version: unknown): string {
  return `${secret}/versions/${text(version, "latest")}`;
}

/** Google's provider calls each version enabled, whatever it is (data_source_secret_manager_secret_version.go). */
function metadataOf({ name, createTime, destroyTime }: Resource): Inputs {
  const [secret = "", version = ""] = (name as string).split("/versions/");
  return {
    id: name as string,
    name: name as string,
    secret,
    version,
    createTime: createTime as string,
    destroyTime: (destroyTime ?? "") as string,
    enabled: true,
  };
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
