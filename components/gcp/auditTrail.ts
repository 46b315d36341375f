import type * as pulumi from "@pulumi/pulumi";
import type { AuditTrailParts, Fault, GcpTrailSpec } from "../backend";
import { slug } from "../names";
import { waitingFor } from "../options";
import { alertFaults, createAlerts } from "./alerts";
import { createArchive, madeBucket } from "./archive";
import { createAuditConfig } from "./auditConfig";
import { createCustomRoles } from "./customRoles";
import { createDenyPolicy } from "./denyPolicy";
import { labelFaults } from "./labels";
import { verifiedProject } from "./project";

export function auditTrailFaults(spec: GcpTrailSpec): Fault[] {
  return [
    ...uselessArguments(spec),
    ...placeFaults(spec),
    ...retentionFaults(spec),
    ...labelFaults(spec.tags, 1),
    ...alertFaults(spec),
  ];
}

/** Arguments that Google Cloud has no use for, and what takes their place. */
const useless: Record<string, string> = {
  existingTrailArn: "is a trail of AWS: on Google Cloud each project writes audit logs by itself, leave it out",
  alertTargetArns: "are targets of AWS: on Google Cloud, emails and gcp.notificationChannels say who gets the alerts",
};

function uselessArguments({ given, logArchive, workspaces }: GcpTrailSpec): Fault[] {
  const faults = Object.entries(useless)
    .filter(([argument]) => given.includes(argument))
    .map(([argument, message]): Fault => ({ path: [argument], message }));
  const key = { path: ["logArchive", "keyArn"], message: "is a key of AWS: give the bucket itself a key of Cloud KMS" };
  const regions = workspaces.flatMap(({ regions }, index): Fault[] => {
    const message = "are of AWS: on Google Cloud an alert sees all locations, leave them out";
    return regions === undefined ? [] : [{ path: ["workspaces", index, "regions"], message }];
  });
  return [...faults, ...(logArchive?.keyArn === undefined ? [] : [key]), ...regions];
}

function placeFaults({ location, logArchive }: GcpTrailSpec): Fault[] {
  const path = ["gcp", "location"];
  if (logArchive === undefined && location === undefined) {
    return [{ path, message: "is missing: give the location of the bucket for the logs, for example europe-west3" }];
  }
  return logArchive !== undefined && location !== undefined
    ? [{ path, message: "has no meaning beside logArchive, since no bucket is made: leave one out" }]
    : [];
}

/** Cloud Storage takes less than 3,155,760,000 seconds, about as long as AWS: https://cloud.google.com/storage/docs/bucket-lock */
function retentionFaults({ retentionDays }: GcpTrailSpec): Fault[] {
  return retentionDays >= 1 && retentionDays <= 36_500
    ? []
    : [{ path: ["retentionDays"], message: "must be 1 to 36500" }];
}

export function createAuditTrail(
  name: string,
  spec: GcpTrailSpec,
  options: pulumi.CustomResourceOptions,
): AuditTrailParts {
  const project = verifiedProject(spec.projectId, spec.projectNumber, options);
  const labels = { ...spec.tags, "vantedge-organization": slug(spec.organization) };
  createRoles(name, spec, project, options);
  const archive = createArchive(name, spec, project, labels, options);
  // Not before they are kept: a read that is logged and lost would be neither told again nor found.
  createAuditConfig(name, project, waitingFor(options, archive.grant));
  const channels = createAlerts(name, spec, project, labels, options);
  createDenyPolicy(name, spec, project, options);
  return {
    trailArn: archive.sinkName,
    bucketName: archive.bucketName,
    keyArn: undefined,
    alertTargetArns: channels,
  };
}

/** The custom roles that workspaces share, of the project or of the organization. */
function createRoles(
  name: string,
  { sharedRoles, organizationId }: GcpTrailSpec,
  project: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): void {
  if (sharedRoles) createCustomRoles(name, { projectId: project }, options);
  if (organizationId !== undefined) {
    createCustomRoles(name, { organizationId: project.apply(() => organizationId) }, options);
  }
}

export function keptByAuditTrail(spec: GcpTrailSpec): string | undefined {
  const bucket = madeBucket(spec);
  if (bucket === undefined) return undefined;
  return (
    `pulumi destroy keeps the bucket ${bucket}, since log files can't be deleted for ${spec.retentionDays} days; ` +
    `to go on with it later, set logArchive: { bucketName: "${bucket}" } and leave out gcp.location`
  );
}
