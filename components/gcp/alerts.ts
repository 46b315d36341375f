import { AlertPolicy } from "@pulumi/gcp/monitoring/alertPolicy";
import { NotificationChannel } from "@pulumi/gcp/monitoring/notificationChannel";
import type * as pulumi from "@pulumi/pulumi";
import type { AuditTrailParts, Fault, GcpTrailSpec } from "../backend";
import { type Alert, alerts } from "./alertPolicies";

/** https://cloud.google.com/monitoring/quotas#alerting_limits */
const mostPolicies = 500;
const mostChannels = 16;

export function alertFaults(spec: GcpTrailSpec): Fault[] {
  const policies = alerts(spec).length;
  const { emails, notificationChannels } = spec;
  return [
    ...(policies <= mostPolicies
      ? []
      : [{ path: ["workspaces"], message: `would be ${policies} alerts: a project takes ${mostPolicies}` }]),
    ...(emails.length + notificationChannels.length <= mostChannels
      ? []
      : [{ path: ["emails"], message: `an alert goes to ${mostChannels} at most, emails and notificationChannels` }]),
    ...twice(["emails"], emails),
    ...twice(["gcp", "notificationChannels"], notificationChannels),
  ];
}

function twice(path: string[], names: string[]): Fault[] {
  return new Set(names).size === names.length ? [] : [{ path, message: "holds one twice: keep one" }];
}

/** Alerts and who gets them, by address or name. */
export function createAlerts(
  name: string,
  spec: GcpTrailSpec,
  project: pulumi.Output<string>,
  labels: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): AuditTrailParts["alertTargetArns"] {
  const channels: AuditTrailParts["alertTargetArns"] = {
    ...Object.fromEntries(
      spec.emails.map((email) => [email, createChannel(name, email, project, labels, options).name]),
    ),
    ...Object.fromEntries(spec.notificationChannels.map((channel) => [channel, channel])),
  };
  for (const alert of alerts(spec)) {
    createPolicy(name, alert, Object.values(channels), project, labels, options);
  }
  return channels;
}

function createChannel(
  name: string,
  email: string,
  project: pulumi.Output<string>,
  userLabels: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): NotificationChannel {
  return new NotificationChannel(
    `${name}-alerts-${email}`,
    { project, type: "email", displayName: `vantedge: ${email}`, labels: { email_address: email }, userLabels },
    options,
  );
}

function createPolicy(
  name: string,
  alert: Alert,
  notificationChannels: pulumi.Input<string>[],
  project: pulumi.Output<string>,
  userLabels: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): void {
  const matched = { filter: alert.filter, labelExtractors };
  new AlertPolicy(
    `${name}-${alert.name.slice("vantedge-".length)}`,
    {
      project,
      displayName: alert.name,
      combiner: "OR",
      conditions: [{ displayName: alert.name, conditionMatchedLog: matched }],
      // The shortest of both: https://cloud.google.com/logging/docs/alerting/log-based-alerts#lba-limits. Who reads another
      // secret, or somebody else who reads, is told at once, since each combination of the labels counts by itself.
      alertStrategy: { notificationRateLimit: { period: "300s" }, autoClose: "1800s" },
      ...(notificationChannels.length === 0 ? {} : { notificationChannels }),
      documentation: { mimeType: "text/markdown", subject: `vantedge: ${alert.what}`, content: textOf(alert) },
      userLabels,
    },
    options,
  );
}

/** Names only. The audit logs hold no values, and of requests nothing is taken. */
const labelExtractors = {
  method: "EXTRACT(protoPayload.methodName)",
  resource: "EXTRACT(protoPayload.resourceName)",
  email: "EXTRACT(protoPayload.authenticationInfo.principalEmail)",
  identity: "EXTRACT(protoPayload.authenticationInfo.principalSubject)",
};

/** https://cloud.google.com/monitoring/alerts/doc-variables */
function textOf({ what, why }: Alert): string {
  const lines = Object.keys(labelExtractors).map((label) => `- ${label}: \${log.extracted_label.${label}}`);
  return [`${what}.`, "", `${why}.`, "", ...lines].join("\n");
}
