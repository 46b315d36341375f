import { secretReason, shownKey } from "../../literals/place";
import { resourceRule, Severity } from "../../rule";
import { at, entriesOf, itemsOf, type Value, type Values } from "../../value";

interface Variable {
  path: string;
  /** The key is a part of the path. */
  isKeyed: boolean;
  name: string;
  value: Value;
}

/** Where each type of workload has its environment or metadata. */
const environments: Readonly<Record<string, (inputs: Values) => Variable[]>> = {
  "gcp:cloudfunctions/function:Function": (inputs) => [
    ...ofMap("environmentVariables", inputs.environmentVariables),
    ...ofMap("buildEnvironmentVariables", inputs.buildEnvironmentVariables),
  ],
  "gcp:cloudfunctionsv2/function:Function": (inputs) => [
    ...ofMap("serviceConfig.environmentVariables", at(inputs, "serviceConfig", "environmentVariables")),
    ...ofMap("buildConfig.environmentVariables", at(inputs, "buildConfig", "environmentVariables")),
  ],
  "gcp:cloudrun/service:Service": (inputs) =>
    ofContainers("template.spec.containers", at(inputs, "template", "spec", "containers")),
  "gcp:cloudrunv2/service:Service": (inputs) =>
    ofContainers("template.containers", at(inputs, "template", "containers")),
  "gcp:cloudrunv2/job:Job": (inputs) =>
    ofContainers("template.template.containers", at(inputs, "template", "template", "containers")),
  "gcp:cloudrunv2/workerPool:WorkerPool": (inputs) =>
    ofContainers("template.containers", at(inputs, "template", "containers")),
  "gcp:compute/instance:Instance": ofMachine,
  "gcp:compute/instanceTemplate:InstanceTemplate": ofMachine,
  "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate": ofMachine,
  "gcp:compute/projectMetadata:ProjectMetadata": ofMachine,
  "gcp:compute/projectMetadataItem:ProjectMetadataItem": ({ key, value }) => [
    { path: "value", isKeyed: false, name: String(key ?? ""), value },
  ],
};

function ofMap(path: string, variables: Value): Variable[] {
  return entriesOf(variables).map(([name, value]) => ({ path, isKeyed: true, name, value }));
}

function ofMachine({ metadata, metadataStartupScript: value }: Values): Variable[] {
  return [...ofMap("metadata", metadata), { path: "metadataStartupScript", isKeyed: false, name: "", value }];
}

function ofContainers(path: string, containers: Value): Variable[] {
  return itemsOf(containers).flatMap((container, index) =>
    itemsOf(at(container, "envs")).map((variable, place) => ({
      path: `${path}[${index}].envs[${place}].value`,
      isKeyed: false,
      name: String(at(variable, "name") ?? ""),
      value: at(variable, "value"),
    })),
  );
}

/** https://cloud.google.com/functions/docs/configuring/secrets */
export const plaintextEnvironment = resourceRule({
  name: "gcp-compute-plaintext-environment",
  requires: "No secret stands in a workload's environment or metadata, where whoever may see the workload reads it",
  severity: Severity.High,
  ids: ["CIS GCP 5.0 1.18"],
  mend: "refer to a secret of Secret Manager: secretEnvironmentVariables, or valueSource.secretKeyRef",
  types: Object.keys(environments) as [string, ...string[]],
  problems: async ({ type, inputs }) => {
    const variables = environments[type]?.(inputs) ?? [];
    return (await Promise.all(variables.map(problemOf))).flat();
  },
});

async function problemOf({ path, isKeyed, name, value }: Variable): Promise<string[]> {
  const reason = await secretReason(name, value);
  if (reason === undefined) return [];
  return [isKeyed ? `${path}.${await shownKey(name)} ${reason}` : `${path} ${reason}`];
}
