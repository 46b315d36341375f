import { ProjectSink } from "@pulumi/gcp/logging/projectSink";
import { Bucket } from "@pulumi/gcp/storage/bucket";
import { BucketIAMMember } from "@pulumi/gcp/storage/bucketIAMMember";
import * as pulumi from "@pulumi/pulumi";
import type { GcpTrailSpec } from "../backend";
import { ObjectLock } from "../objectLock";

/** Where a project's audit logs are kept, and what brings them there. */
export interface Archive {
  bucketName: pulumi.Output<string>;
  /** The sink's full name: `projects/P/sinks/S`. */
  sinkName: pulumi.Output<string>;
  /** Until the sink may write, what it brings is lost. */
  grant: pulumi.Resource;
}

/** There is one for the project. */
const sinkName = "vantedge-audit";

/** The bucket that is made for the logs; undefined where none is. Bucket names are unique in the world. */
export function madeBucket({ projectNumber, location, logArchive }: GcpTrailSpec): string | undefined {
  return logArchive === undefined ? `vantedge-audit-${projectNumber}-${location?.toLowerCase()}` : undefined;
}

/** The bucket of the logs, made here or named. */
export function archiveBucket(spec: GcpTrailSpec): string {
  return madeBucket(spec) ?? (spec.logArchive?.bucketName as string);
}

export function createArchive(
  name: string,
  spec: GcpTrailSpec,
  project: pulumi.Output<string>,
  labels: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): Archive {
  const bucket =
    madeBucket(spec) === undefined
      ? project.apply(() => archiveBucket(spec))
      : createBucket(name, spec, project, labels, options).name;
  const sink = new ProjectSink(
    `${name}-sink`,
    {
      project,
      name: sinkName,
      description: "Audit logs of secrets, and of what guards them",
      destination: pulumi.interpolate`storage.googleapis.com/${bucket}`,
      filter: sinkFilter(spec.projectId),
      // Its own, not the one that all sinks share: https://cloud.google.com/logging/docs/export/configure_export_v2#dest-auth
      uniqueWriterIdentity: true,
    },
    options,
  );
  const grant = new BucketIAMMember(
    `${name}-writer`,
    { bucket, role: "roles/storage.objectCreator", member: sink.writerIdentity },
    options,
  );
  return { bucketName: bucket, sinkName: pulumi.interpolate`projects/${sink.project}/sinks/${sink.name}`, grant };
}

/**
 * All changes in the project, whatever the service: who may act as a reader, or lets code run as one, is seen elsewhere
 * than in Secret Manager. Of what is only read or was refused by a policy, what Secret Manager was asked.
 */
function sinkFilter(projectId: string): string {
  const log = (id: string) => `"projects/${projectId}/logs/cloudaudit.googleapis.com%2F${id}"`;
  return [
    `logName=(${log("activity")} OR ${log("system_event")})`,
    `OR (logName=(${log("data_access")} OR ${log("policy")}) AND protoPayload.serviceName="secretmanager.googleapis.com")`,
  ].join("\n");
}

/**
 * It outlives a destroy: what it holds can't be deleted before its time. Its retention, that nobody can read it without
 * an account, and that it knows no rights of single objects, are part of it.
 */
function createBucket(
  name: string,
  spec: GcpTrailSpec,
  project: pulumi.Output<string>,
  labels: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): Bucket {
  const { location, retentionDays, objectLock } = spec;
  // A locked retention can't be shortened or removed by anybody: https://cloud.google.com/storage/docs/bucket-lock
  const locked = objectLock === ObjectLock.Compliance ? { isLocked: true } : {};
  return new Bucket(
    `${name}-bucket`,
    {
      project,
      name: madeBucket(spec) as string,
      location: location as string,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      retentionPolicy: { retentionPeriod: String(retentionDays * 86_400), ...locked },
      // Or the bucket would grow for ever.
      lifecycleRules: [{ action: { type: "Delete" }, condition: { age: retentionDays } }],
      forceDestroy: false,
      labels,
    },
    { ...options, retainOnDelete: true },
  );
}
