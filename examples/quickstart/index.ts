import * as apps from "@pulumi/kubernetes/apps/v1";
import * as batch from "@pulumi/kubernetes/batch/v1";
import { Config } from "@pulumi/pulumi";
import { provisionManifest } from "vantedge-secrets";

/** Provisions vantedge.yaml, and runs an agent and a report with what their bindings deliver. */
export = async () => {
  const { workspaces, secrets, bindings } = await provisionManifest(new Config().get("manifest") ?? "vantedge.yaml");

  const labels = { app: "support-agent" };
  const agent = new apps.Deployment(
    "support-agent",
    bindings["production/support-agent"]!.inject({
      metadata: {
        name: "support-agent",
        annotations: {
          // The local cloud has no kubelet, so that pods never become ready.
          "pulumi.com/skipAwait": "true",
          // What is edited by hand is mended by the next `up`.
          "pulumi.com/patchForce": "true",
        },
      },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: "agent", image: "registry.example.com/support-agent:1.0" }] },
        },
      },
    }),
  );

  const report = new batch.CronJob(
    "usage-report",
    bindings["production/usage-report"]!.inject({
      metadata: { name: "usage-report", annotations: { "pulumi.com/patchForce": "true" } },
      spec: {
        schedule: "0 6 * * 1",
        jobTemplate: {
          spec: {
            template: {
              spec: {
                restartPolicy: "OnFailure",
                containers: [{ name: "report", image: "registry.example.com/usage-report:1.0" }],
              },
            },
          },
        },
      },
    }),
  );

  return {
    roles: Object.fromEntries(Object.entries(workspaces).map(([name, { roleArns }]) => [name, roleArns])),
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, { secretId }]) => [name, secretId])),
    agent: agent.metadata.name,
    report: report.metadata.name,
  };
};
