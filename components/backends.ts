import type { Backend } from "./backend";
import { InputError } from "./errors";
import type { Cloud } from "./workspaceRef";

/** Loads a cloud's backend, and with it the cloud's SDK, on first use: a program pays only for the cloud it uses. */
export function backendOf(cloud: Cloud): Backend {
  switch (cloud) {
    case "aws":
      return needing("@pulumi/aws", () => (require("./aws/backend") as typeof import("./aws/backend")).awsBackend);
    case "gcp":
      return needing("@pulumi/gcp", () => (require("./gcp/backend") as typeof import("./gcp/backend")).gcpBackend);
  }
}

/** Loads what is made in Kubernetes, on first use as well: a workspace without a namespace needs no cluster SDK. */
export function loadKubernetes(): typeof import("./kubernetes/parts") {
  return needing("@pulumi/kubernetes", () => require("./kubernetes/parts") as typeof import("./kubernetes/parts"));
}

/** The clouds' SDKs are optional peers: what is missing is named with the command that brings it. */
function needing<T>(sdk: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "MODULE_NOT_FOUND" || !message.includes(sdk)) throw error;
    throw new InputError([`the package ${sdk} is missing: run npm install ${sdk}`]);
  }
}
