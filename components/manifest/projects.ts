import { ProjectSharing } from "../access";
import { type InProject, intrusion } from "../sharedProjects";
import type { Entries, Entry } from "./entries";
import { placeOf } from "./place";
import type { Problem } from "./problems";
import type { Settings } from "./settings";
import type { WorkspaceEntry } from "./shapes";

/** Workspaces of one Google Cloud project of which one has it for itself. */
export function projectProblems(entries: Entries, settings: Settings): Problem[] {
  const placed = entries.workspaces.map((entry) => ({ entry, own: inProject(entry, entries, settings) }));
  return placed.flatMap(({ entry, own }, index) => {
    const others = placed.slice(0, index).flatMap((earlier) => earlier.own ?? []);
    const message = own && intrusion(own, others);
    return message === undefined ? [] : [entry.problem(entry.known?.gcp === undefined ? ["name"] : ["gcp"], message)];
  });
}

function inProject({ known }: Entry<WorkspaceEntry>, entries: Entries, settings: Settings): InProject | undefined {
  const place = placeOf(known, entries, settings);
  if (known === undefined || place?.cloud !== "gcp") return undefined;
  return { name: known.name, projectId: place.projectId, sharing: place.sharing ?? ProjectSharing.None };
}
