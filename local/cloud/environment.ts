import path from "node:path";
import type { RunningCloud } from "./record";

/** Variables to lay over an environment; undefined takes one away. */
export type Environment = Record<string, string | undefined>;

const ofGoogle = ["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT", "GOOGLE_CREDENTIALS", "GOOGLE_PROJECT"];

/** Nothing listens there. */
const nowhere = "http://127.0.0.1:1/";

/**
 * What the engine, the plugins and kubectl need to reach the local cloud, and nothing of the user's own clouds: it is
 * laid over the environment, so every variable that could lead elsewhere is set.
 */
export function cloudEnvironment(directory: string, cloud: RunningCloud): Environment {
  const noCloudFile = path.join(directory, "no-aws-profile");
  return {
    PATH: [...cloud.pathFolders, process.env.PATH ?? ""].join(path.delimiter),
    PULUMI_HOME: path.join(directory, "pulumi-home"),
    PULUMI_BACKEND_URL: `file://${path.join(directory, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "local cloud",
    PULUMI_CONFIG_PASSPHRASE_FILE: "",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    // A plugin that is not here is an error in one line, not a download.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    AWS_ENDPOINT_URL: cloud.endpoints.aws,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: undefined,
    // Not empty: AWS's tools look for a profile of that name.
    AWS_PROFILE: undefined,
    AWS_CONFIG_FILE: noCloudFile,
    AWS_SHARED_CREDENTIALS_FILE: noCloudFile,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    // The simulated Google Cloud asks for no credentials. What asks Google itself must not reach it from here.
    ...Object.fromEntries(ofGoogle.map((name) => [name, undefined])),
    GOOGLE_OAUTH_ACCESS_TOKEN: "local",
    GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT: nowhere,
    GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: nowhere,
    KUBECONFIG: path.join(directory, "kubernetes", "kubeconfig"),
    VANTEDGE_LOCAL_CLOUD: directory,
    VANTEDGE_LOCAL_PROVIDERS: cloud.providers,
    VANTEDGE_LANGUAGE_HOSTS: cloud.languageHosts,
    // A proxy of the user must not get what is meant for this machine.
    NO_PROXY: withLoopback(process.env.NO_PROXY),
    no_proxy: withLoopback(process.env.no_proxy),
  };
}

function withLoopback(hosts: string | undefined): string {
  return ["127.0.0.1", "localhost", hosts].filter(Boolean).join(",");
}
