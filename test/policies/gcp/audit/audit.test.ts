import { Metric, ProjectSink } from "@pulumi/gcp/logging";
import { AlertPolicy } from "@pulumi/gcp/monitoring";
import { IAMAuditConfig } from "@pulumi/gcp/projects";
import { Bucket } from "@pulumi/gcp/storage";
import { auditConfigAlert, customRoleAlert } from "../../../../policies/gcp/audit/alerts";
import { auditConfig } from "../../../../policies/gcp/audit/auditConfig";
import { lockedBucket } from "../../../../policies/gcp/audit/lockedBucket";
import { sinkFilter } from "../../../../policies/gcp/audit/sinkFilter";
import { but, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const kinds = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];
const all = resource(IAMAuditConfig, "all", {
  project: "acme",
  service: "allServices",
  auditLogConfigs: kinds.map((logType) => ({ logType })),
});
testRule(auditConfig, {
  passes: { "all kinds": all },
  breaks: {
    "writes alone": [
      but(all, { auditLogConfigs: [{ logType: "DATA_WRITE" }] }),
      "auditLogConfigs has no ADMIN_READ",
      "auditLogConfigs has no DATA_READ",
    ],
    "somebody left out": [
      but(all, {
        auditLogConfigs: kinds.map((logType, index) => ({
          logType,
          ...(index === 0 ? { exemptedMembers: ["user:alice@acme.example"] } : {}),
        })),
      }),
      "auditLogConfigs[0].exemptedMembers leaves somebody out",
    ],
  },
});

const bucket = resource(Bucket, "logs", {
  name: "acme-logs",
  location: "EU",
  retentionPolicy: { retentionPeriod: "31536000", isLocked: true },
});
const sink = resource(ProjectSink, "audit", { destination: "storage.googleapis.com/acme-logs" });
const inPreview = resource(ProjectSink, "audit", { destination: unknownYet }, { refers: { destination: [bucket] } });
const open = "retentionPolicy.isLocked is not true";

testRule(lockedBucket, {
  passes: { locked: [bucket, sink], "another bucket": [resource(Bucket, "site", { location: "EU" }), sink] },
  breaks: {
    "not locked": [
      [but(bucket, { retentionPolicy: { retentionPeriod: "1" } }), sink],
      ["logs", open],
    ],
    "in a preview": [
      [but(bucket, { retentionPolicy: undefined }), inPreview],
      ["logs", open],
    ],
  },
});

const incomplete = "filter or exclusions leave logs out, as in every other sink";
testRule(sinkFilter, {
  passes: {
    everything: sink,
    "not known yet": but(sink, { filter: unknownYet }),
    "one of two": [but({ ...sink, name: "some" }, { filter: "severity=ERROR" }), sink],
  },
  breaks: { some: [but(sink, { filter: "severity=ERROR" }), incomplete] },
});

const alert = (filter: string) =>
  resource(AlertPolicy, "alert", {
    displayName: "Alert",
    combiner: "OR",
    conditions: [{ displayName: "a", conditionMatchedLog: { filter } }],
  });
const metric = (filter: string) => resource(Metric, "metric", { filter });
const config = 'protoPayload.methodName="SetIamPolicy" AND protoPayload.serviceData.policyDelta.auditConfigDeltas:*';
const roles = 'resource.type="iam_role" AND protoPayload.methodName="google.iam.admin.v1.UpdateRole"';
const nothing = "no alert in this stack looks for it";

testRule(auditConfigAlert, {
  passes: {
    "an alert on logs": [sink, alert(config)],
    "an alert on a metric": [sink, alert("a"), metric(config)],
    "a sink of other logs": but(sink, { filter: "resource.type = gce_instance" }),
  },
  breaks: {
    none: [sink, nothing],
    "a sink of audit logs": [but(sink, { filter: 'logName:"cloudaudit.googleapis.com"' }), nothing],
    "a metric alone": [
      [sink, metric(config)],
      ["audit", nothing],
    ],
    "another alert": [
      [sink, alert(roles)],
      ["audit", nothing],
    ],
  },
});
testRule(customRoleAlert, {
  passes: { "an alert on logs": [sink, alert(roles)] },
  breaks: { none: [sink, nothing] },
});
