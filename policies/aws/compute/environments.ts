import { at, entriesOf, itemsOf, jsonOf, type Value, type Values } from "../../value";

/** A variable of a workload's environment, or a text that the workload is started with. */
export interface Variable {
  /** For a message: `environment.variables`, `containerDefinitions[0].environment[2].value`. */
  path: string;
  name: string;
  value: Value;
}

/** Where each type of workload has its environment. */
export const environments: Readonly<Record<string, (inputs: Values) => Variable[]>> = {
  "aws:lambda/function:Function": (inputs) => ofMap("environment.variables", at(inputs, "environment", "variables")),
  "aws:ecs/taskDefinition:TaskDefinition": (inputs) =>
    itemsOf(parsed(inputs.containerDefinitions)).flatMap((container, index) =>
      ofPairs(`containerDefinitions[${index}].environment`, at(container, "environment")),
    ),
  "aws:batch/jobDefinition:JobDefinition": (inputs) =>
    ofPairs("containerProperties.environment", at(parsed(inputs.containerProperties), "environment")),
  "aws:codebuild/project:Project": (inputs) =>
    ofPairs(
      "environment.environmentVariables",
      itemsOf(at(inputs, "environment", "environmentVariables")).map((one) =>
        // By default PLAINTEXT; the other types name a parameter or a secret.
        ["PARAMETER_STORE", "SECRETS_MANAGER"].includes(String(at(one, "type"))) ? {} : one,
      ),
    ),
  "aws:apprunner/service:Service": (inputs) =>
    ["imageRepository.imageConfiguration", "codeRepository.codeConfiguration.codeConfigurationValues"].flatMap((path) =>
      ofMap(
        `sourceConfiguration.${path}.runtimeEnvironmentVariables`,
        at(inputs, "sourceConfiguration", ...path.split("."), "runtimeEnvironmentVariables"),
      ),
    ),
  "aws:elasticbeanstalk/environment:Environment": (inputs) =>
    itemsOf(inputs.settings).flatMap((setting, index) =>
      at(setting, "namespace") === "aws:elasticbeanstalk:application:environment"
        ? [{ path: `settings[${index}].value`, name: String(at(setting, "name")), value: at(setting, "value") }]
        : [],
    ),
  "aws:amplify/app:App": (inputs) => ofMap("environmentVariables", inputs.environmentVariables),
  "aws:amplify/branch:Branch": (inputs) => ofMap("environmentVariables", inputs.environmentVariables),
  "aws:ec2/instance:Instance": ofUserData,
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ofUserData,
  "aws:ec2/launchTemplate:LaunchTemplate": ofUserData,
  "aws:ec2/launchConfiguration:LaunchConfiguration": ofUserData,
};

function ofMap(path: string, variables: Value): Variable[] {
  return entriesOf(variables).map(([name, value]) => ({ path, name, value }));
}

function ofPairs(path: string, variables: Value): Variable[] {
  return itemsOf(variables).map((one, index) => ({
    path: `${path}[${index}].value`,
    name: String(at(one, "name") ?? ""),
    value: at(one, "value"),
  }));
}

/** Lines of a script are looked at one by one: `export DB_PASSWORD=...`. */
function ofUserData({ userData, userDataBase64 }: Values): Variable[] {
  const texts = [
    ["userData", plain(userData)],
    ["userDataBase64", plain(userDataBase64)],
  ] as const;
  return texts.flatMap(([path, text]) =>
    text.split("\n").map((line) => {
      const assigned = /^\s*(?:export\s+)?(?<name>[A-Za-z_]\w*)=["']?(?<value>[^"'\s]+)["']?\s*$/.exec(line)?.groups;
      return { path, name: assigned?.["name"] ?? "", value: assigned?.["value"] ?? line };
    }),
  );
}

/** Launch templates take base64 alone, instances take both. */
function plain(value: Value): string {
  if (typeof value !== "string") return "";
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/.test(value)) return value;
  return Buffer.from(value, "base64").toString("utf8");
}

function parsed(value: Value): Value {
  return typeof value === "string" ? jsonOf(value) : value;
}
