import type * as pulumi from "@pulumi/pulumi";
import type { SecretParts, SecretSpec } from "../backend";
import { waitingFor } from "../options";
import { createContainer } from "./container";
import { secretIdOf } from "./names";
import { createVersion } from "./secretVersion";
import { createAgentGrants } from "./serviceAgent";
import { pinnedVersion } from "./versions";

export function createSecret(
  name: string,
  spec: SecretSpec,
  urn: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): SecretParts {
  const { workspace, secretName, content, pinVersion } = spec;
  const { grants, topics } = createAgentGrants(name, spec, options);
  const container = createContainer(name, spec, topics, waitingFor(options, ...grants));
  const versionId = content === undefined ? undefined : createVersion(name, spec, container, content, urn, options);
  return {
    id: container.id,
    cloudName: secretIdOf(workspace, secretName),
    versionId: pinVersion === undefined ? versionId : pinnedVersion(name, workspace, secretName, pinVersion, options),
  };
}
