import { Provider } from "@pulumi/kubernetes/provider";
import { AuditTrail, DeploymentBinding, ProjectSharing, Workspace, type WorkspaceArgs } from "../../../index";
import { gcpAnswers } from "../../support/gke";
import type { Place, Project } from "./decide";
import { predefinedRoles } from "./permissions";
import { type Binding, type Recorded, record } from "./recorded";

/** How the workspaces of a recording are made. */
export interface Setting {
  sharing: ProjectSharing;
  /** That of all secrets of the workspaces. */
  location?: string;
  /** Whether the first workspace's project has a deny policy. */
  locked?: boolean;
  /** The number of the organization that has the custom roles. */
  organization?: string;
}

export const homeLocation = "europe-west3";

/** The modes of the matrix, and what else the full product is asked in. */
export const settings = {
  project: { sharing: ProjectSharing.None },
  "project-deny": { sharing: ProjectSharing.None, locked: true },
  "project-regional": { sharing: ProjectSharing.None, location: homeLocation },
  "shared-strict": { sharing: ProjectSharing.Strict },
  "shared-strict-regional": { sharing: ProjectSharing.Strict, location: homeLocation },
  "shared-strict-deny": { sharing: ProjectSharing.Strict, locked: true },
  "shared-open": { sharing: ProjectSharing.Open },
  "shared-open-regional": { sharing: ProjectSharing.Open, location: homeLocation, organization: "456789012345" },
} satisfies Record<string, Setting>;

export const domain = "ai-startup.example";
/** The secret that the workloads of each workspace are bound to. */
export const boundSecret = "openai-api-key";
/** When the role of the one who has it for a time ends. */
export const end = new Date("2031-02-01T00:00:00Z");

/** A workspace, as far as requests can tell it. */
export interface Home {
  workspace: string;
  project: Project;
}

const shared: Project = { id: "ai-startup-shared", number: "123456789012" };

/** Where a workspace is: in a project of its own, or in that of all. */
export function homeOf(workspace: string, { sharing }: Setting, index: number): Home {
  const own = { id: `ai-startup-${index}`, number: `77770000000${index}` };
  return { workspace, project: sharing === ProjectSharing.None ? own : shared };
}

/** Who has a role in a workspace, as members of IAM. */
export function membersOf({ workspace }: Home) {
  const group = (role: string) => `group:${workspace}-${role}@${domain}`;
  return {
    viewer: group("viewer"),
    member: group("member"),
    admin: group("admin"),
    owner: group("owner"),
    contractor: `user:contractor.of.${workspace}@${domain}`,
    /** The pods of the binding, by Workload Identity Federation for GKE. */
    workload: pods(clusters, `${workspace}-apps`, "agent-reader"),
    service: `serviceAccount:${serviceAccountOf(workspace)}`,
  };
}

/** The project of everybody's clusters, whose pods are in one pool. */
export const clusters: Project = { id: "ai-clusters", number: "888800000001" };

export function pods({ id, number }: Project, namespace: string, serviceAccount: string): string {
  const pool = `projects/${number}/locations/global/workloadIdentityPools/${id}.svc.id.goog`;
  return `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${serviceAccount}`;
}

function serviceAccountOf(workspace: string): string {
  return `service-of-${workspace}@ai-startup.iam.gserviceaccount.com`;
}

/** Workspaces as the components create them, each with two readers of one secret. */
export async function recordWorkspaces(names: readonly string[], setting: Setting): Promise<Recorded> {
  const homes = names.map((name, index) => homeOf(name, setting, index));
  const numbers = new Map(homes.map(({ project }) => [project.id, project.number]));
  const program = () => {
    const trail = trailOf(homes, setting);
    for (const home of homes) createWorkspace(home, setting, trail);
  };
  return record(program, {
    ...gcpAnswers,
    "gcp:organizations/getProject:getProject": ({ projectId }) => ({ number: numbers.get(projectId as string) }),
  });
}

/** Workspaces that share a project need one for their roles, and deny policies are in one. */
function trailOf(homes: readonly Home[], setting: Setting): AuditTrail | undefined {
  const { sharing, locked, organization } = setting;
  if (sharing === ProjectSharing.None && !locked) return undefined;
  const [{ project }] = homes as [Home];
  const inProject = homes.filter((home) => home.project.id === project.id);
  const members = inProject.map(membersOf);
  return new AuditTrail("trail", {
    organization: "AI Startup",
    gcp: {
      projectId: project.id,
      projectNumber: project.number,
      location: homeLocation,
      sharedRoles: sharing !== ProjectSharing.None && organization === undefined,
      ...(organization === undefined ? {} : { organizationId: organization }),
      ...(locked
        ? {
            denyPolicy: {
              readers: members.flatMap(({ admin, owner, contractor }) => [admin, owner, contractor]),
              granters: members.map(({ owner }) => owner),
            },
          }
        : {}),
    },
    workspaces: inProject.map(({ workspace }) => ({
      name: workspace,
      serviceAccounts: [serviceAccountOf(workspace)],
      gke: { projectId: clusters.id, projectNumber: clusters.number, namespace: `${workspace}-apps` },
    })),
  });
}

function createWorkspace(
  home: Home,
  { sharing, location, organization }: Setting,
  trail: AuditTrail | undefined,
): void {
  const { workspace, project } = home;
  const { viewer, member, admin, owner, contractor } = membersOf(home);
  const args: WorkspaceArgs = {
    organization: "AI Startup",
    gcp: {
      projectId: project.id,
      projectNumber: project.number,
      sharing,
      ...(location === undefined ? {} : { location }),
      ...(organization === undefined ? {} : { roleParent: `organizations/${organization}` }),
    },
    roles: {
      owners: [{ gcp: owner }],
      admins: [{ gcp: admin }, { gcp: contractor, until: "2031-01-31" }],
      members: [{ gcp: member }],
      viewers: [{ gcp: viewer }],
    },
    kubernetes: {
      namespace: `${workspace}-apps`,
      createNamespace: false,
      cluster: {
        gke: { projectId: clusters.id, projectNumber: clusters.number, location: homeLocation, clusterName: "main" },
      },
    },
    ...(trail === undefined || trail.ref.projectId !== project.id ? {} : { auditTrail: trail.ref }),
  };
  const { ref } = new Workspace(workspace, args);
  const binding = {
    workspace: ref,
    env: { OPENAI_API_KEY: { secret: boundSecret } },
    values: { [boundSecret]: { value: "sk", versionId: "1@2026-11-25T15:01:23Z" } },
  };
  const cluster = new Provider(`cluster-of-${workspace}`);
  new DeploymentBinding(`agent-of-${workspace}`, { ...binding, bindingName: "agent" }, { providers: [cluster] });
  // At run time: Cloud Run takes no variables of regional secrets.
  new DeploymentBinding(`service-of-${workspace}`, {
    workspace: ref,
    bindingName: "service",
    secrets: [boundSecret],
    reader: { serviceAccountEmail: serviceAccountOf(workspace) },
  });
}

/** Google's own roles, that others bind on the project: by the names of the matrix. */
export const strangerRoles = {
  "basic-owner": "roles/owner",
  "basic-editor": "roles/editor",
  "basic-viewer": "roles/viewer",
  "predefined-admin": "roles/secretmanager.admin",
  "predefined-editor": "roles/secretmanager.editor",
  "predefined-viewer": "roles/secretmanager.viewer",
  "predefined-accessor": "roles/secretmanager.secretAccessor",
  "predefined-versionAdder": "roles/secretmanager.secretVersionAdder",
  "predefined-versionManager": "roles/secretmanager.secretVersionManager",
  securityAdmin: "roles/iam.securityAdmin",
} satisfies Record<string, keyof typeof predefinedRoles>;

export function strangerMember(kind: string): string {
  return `user:${kind.toLowerCase()}@${domain}`;
}

/** The bindings of those who have Google's roles in a project. They are not ours. */
export function strangersIn({ id }: Project): Binding[] {
  return Object.entries(strangerRoles).map(([kind, role]) => ({ role, member: strangerMember(kind), project: id }));
}

export function secretAt({ workspace, project }: Home, secret: string, location?: string): Place {
  return { project, secretId: `vantedge--${workspace}--${secret}`, ...(location === undefined ? {} : { location }) };
}
