import path from "node:path";
import { componentProviderHost } from "@pulumi/pulumi/provider/experimental";
import { DeploymentBinding, Secret, Workspace } from "vantedge-secrets";

/**
 * The component plugin for programs in other languages. With the official CLI it is `pulumi package add <this folder>`
 * (PulumiPlugin.yaml); the language host that the local cloud builds is too old to run plugins (facts/local-cloud.md).
 */
void componentProviderHost({
  name: "vantedge-secrets",
  dirname: path.resolve(__dirname, ".."),
  components: [Workspace, Secret, DeploymentBinding],
});
