import type { WorkspaceArgs, WorkspaceRef } from "../../index";

export const projectId = "ai-startup-production";
export const projectNumber = "123456789012";

/** A Google group of the company. */
export function group(name: string): string {
  return `group:${name}@ai-startup.example`;
}

/** The workspace of the product page on Google Cloud, with everybody in it. */
export const gcpProduction: WorkspaceArgs = {
  organization: "AI Startup",
  gcp: { projectId, projectNumber },
  roles: {
    owners: [{ gcp: group("owners") }],
    admins: [{ gcp: group("leads") }],
    members: [{ gcp: group("developers") }],
    viewers: [{ gcp: group("auditors") }],
  },
};

/** A workspace of another stack. */
export const gcpRef: WorkspaceRef = {
  name: "production",
  organization: "AI Startup",
  cloud: "gcp",
  projectId,
  projectNumber,
  prefix: "vantedge",
  namespace: "production",
};

/** Answers that every program on Google Cloud asks for. */
export const gcpCalls = {
  "gcp:organizations/getProject:getProject": () => ({ number: projectNumber, projectId, id: `projects/${projectId}` }),
};
