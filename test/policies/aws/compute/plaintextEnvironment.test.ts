import { App, Branch } from "@pulumi/aws/amplify";
import { Service } from "@pulumi/aws/apprunner";
import { JobDefinition } from "@pulumi/aws/batch";
import { Project } from "@pulumi/aws/codebuild";
import { Instance, LaunchTemplate, SpotInstanceRequest } from "@pulumi/aws/ec2";
import { TaskDefinition } from "@pulumi/aws/ecs";
import { Environment } from "@pulumi/aws/elasticbeanstalk";
import { Function as Lambda } from "@pulumi/aws/lambda";
import { plaintextEnvironment } from "../../../../policies/aws/compute/plaintextEnvironment";
import { resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

// In parts, so that no scanner of this repository finds them.
const url = ["postgres://app:", "s3cr3tPass", "@db.internal:5432/app"].join("");
const literal = "is a literal under the name of a secret";
const credential = "looks like a credential";

const lambda = (variables: Record<string, string>) =>
  resource(Lambda, "agent", { role: "arn:of:role", environment: { variables } });
const task = (container: object) =>
  resource(TaskDefinition, "agent", { family: "agent", containerDefinitions: JSON.stringify([container]) });
const base64 = (text: string) => Buffer.from(text).toString("base64");

testRule(plaintextEnvironment, {
  mayPrint: ["container"],
  passes: {
    "a function that is told where": lambda({ OPENAI_API_KEY_SECRET_ID: "orders/openai", LOG_LEVEL: "debug" }),
    "a function without an environment": resource(Lambda, "agent", { role: "arn:of:role" }),
    "secrets of a task": task({
      name: "main",
      environment: [{ name: "LOG_LEVEL", value: "debug" }],
      secrets: [{ name: "OPENAI_API_KEY", valueFrom: "arn:aws:secretsmanager:a:b:secret:c" }],
    }),
    "a build's secret": resource(Project, "build", {
      artifacts: { type: "NO_ARTIFACTS" },
      serviceRole: "arn:of:role",
      source: { type: "NO_SOURCE" },
      environment: {
        computeType: "a",
        image: "b",
        type: "c",
        environmentVariables: [{ name: "NPM_TOKEN", value: "orders/npm", type: "SECRETS_MANAGER" }],
      },
    }),
    "a start script": resource(Instance, "agent", { userData: "#!/bin/sh\nyum update -y\nexport LOG_LEVEL=debug\n" }),
  },
  breaks: {
    "a function's variable": [
      lambda({ OPENAI_API_KEY: "canary-8f" }),
      `environment.variables.OPENAI_API_KEY ${literal}`,
    ],
    "a function's URL": [lambda({ DATABASE: url }), `environment.variables.DATABASE ${credential}`],
    "two variables": [
      lambda({ DB_PASSWORD: "canary-8f", DATABASE: url }),
      `environment.variables.DATABASE ${credential}`,
      `environment.variables.DB_PASSWORD ${literal}`,
    ],
    "key and value swapped": [
      lambda({ [url]: "DATABASE", API_TOKEN: "canary-8f" }),
      `environment.variables.API_TOKEN ${literal}`,
    ],
    "a task": [
      task({
        name: "main",
        environment: [
          { name: "A", value: "b" },
          { name: "DB_PASSWORD", value: "canary-8f" },
        ],
      }),
      `containerDefinitions[0].environment[1].value ${literal}`,
    ],
    "a job": [
      resource(JobDefinition, "agent", {
        type: "container",
        containerProperties: JSON.stringify({ environment: [{ name: "DB_PASSWORD", value: "canary-8f" }] }),
      }),
      `containerProperties.environment[0].value ${literal}`,
    ],
    "a build": [
      resource(Project, "build", {
        artifacts: { type: "NO_ARTIFACTS" },
        serviceRole: "arn:of:role",
        source: { type: "NO_SOURCE" },
        environment: {
          computeType: "a",
          image: "b",
          type: "c",
          environmentVariables: [{ name: "NPM_TOKEN", value: "canary-8f" }],
        },
      }),
      `environment.environmentVariables[0].value ${literal}`,
    ],
    "App Runner": [
      resource(Service, "agent", {
        serviceName: "agent",
        sourceConfiguration: {
          imageRepository: {
            imageIdentifier: "a",
            imageRepositoryType: "ECR",
            imageConfiguration: { runtimeEnvironmentVariables: { API_TOKEN: "canary-8f" } },
          },
        },
      }),
      `sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables.API_TOKEN ${literal}`,
    ],
    "Elastic Beanstalk": [
      resource(Environment, "agent", {
        application: "agent",
        settings: [
          { namespace: "aws:elasticbeanstalk:application:environment", name: "API_TOKEN", value: "canary-8f" },
        ],
      }),
      `settings[0].value ${literal}`,
    ],
    "an Amplify app": [
      resource(App, "agent", { environmentVariables: { LOG_LEVEL: "debug", API_TOKEN: "canary-8f" } }),
      `environmentVariables.API_TOKEN ${literal}`,
    ],
    "a branch of an Amplify app": [
      resource(Branch, "agent", { appId: "a", branchName: "main", environmentVariables: { API_TOKEN: "canary-8f" } }),
      `environmentVariables.API_TOKEN ${literal}`,
    ],
    "a start script of a spot instance": [
      resource(SpotInstanceRequest, "agent", { userData: "#!/bin/sh\nexport DB_PASSWORD='canary-8f'\n" }),
      `userData ${literal}`,
    ],
    "a start script": [
      resource(Instance, "agent", { userData: "#!/bin/sh\nexport DB_PASSWORD='canary-8f'\n" }),
      `userData ${literal}`,
    ],
    "a start script in base64": [
      resource(LaunchTemplate, "agent", { userData: base64(`#!/bin/sh\ncurl ${url}\n`) }),
      `userData ${credential}`,
    ],
  },
});
