import { takingPastedValue } from "../pastedValue";
import type { WorkspaceRef } from "../workspaceRef";
import { workspaceLabels } from "./labels";
import { secretIdOf } from "./names";

/** The gcloud calls that the member's role allows: https://cloud.google.com/sdk/gcloud/reference/secrets/create */
export function createCommand(ref: WorkspaceRef): string {
  const labels = Object.entries(workspaceLabels(ref, {})).map(([key, value]) => `${key}=${value}`);
  const command = [
    "gcloud secrets create",
    secretIdOf(ref, "NAME"),
    `--project=${ref.projectId}`,
    // A regional secret is in one place, and has no replication.
    ref.location === undefined ? "--replication-policy=automatic" : `--location=${ref.location}`,
    `--labels=${labels.join(",")}`,
    "--data-file=-",
  ];
  return takingPastedValue(command.join(" "));
}

export function updateCommand(ref: WorkspaceRef): string {
  const command = [
    "gcloud secrets versions add",
    secretIdOf(ref, "NAME"),
    `--project=${ref.projectId}`,
    ...(ref.location === undefined ? [] : [`--location=${ref.location}`]),
    "--data-file=-",
  ];
  return takingPastedValue(command.join(" "));
}
