import type { AdmissionRules } from "../backend";
import type { WorkspaceRef } from "../workspaceRef";
import { idPrefix, secretPath } from "./names";
import policy from "./policies/admission.json";

/**
 * What stays in a workspace on Google Cloud. A store has no prefix there, so every key is looked at. A SecretSync names
 * classes and ServiceAccounts of its namespace and nothing else: what it may read is said of the class. That one lists its
 * secrets in one text, which is taken as on AWS: if it is JSON's letters as bindings write it, every
 * `"resourceName":"..."` in it is a name, and there is no other.
 */
export function admission(workspace: WorkspaceRef): AdmissionRules {
  const { projectId, projectNumber, location } = workspace;
  return {
    ...policy,
    placeholders: {
      prefix: idPrefix(workspace),
      projectId: projectId as string,
      projectNumber: projectNumber as string,
      // Of a domain's own projects the id has a dot.
      projectPattern: (projectId as string).replaceAll(".", "[.]"),
      location: location ?? "",
      place: location === undefined ? "" : `locations/${location}/`,
      resources: secretPath(workspace, ""),
      locationAdvice:
        location === undefined ? "leave provider.gcpsm.location out" : `set provider.gcpsm.location to ${location}`,
    },
  };
}
