import * as apps from "@pulumi/kubernetes/apps/v1";
import { provisionManifest } from "vantedge-secrets";

/** Provisions vantedge.yaml, and runs an agent with what its binding delivers. */
export = async () => {
  const { workspaces, secrets, bindings } = await provisionManifest("vantedge.yaml");

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

  return {
    roles: Object.fromEntries(Object.entries(workspaces).map(([name, { roleArns }]) => [name, roleArns])),
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, { secretId }]) => [name, secretId])),
    agent: agent.metadata.name,
  };
};
