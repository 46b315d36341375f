import { Function as FirstFunction } from "@pulumi/gcp/cloudfunctions";
import { Function as SecondFunction } from "@pulumi/gcp/cloudfunctionsv2";
import { Service as FirstService } from "@pulumi/gcp/cloudrun";
import { Job, Service, WorkerPool } from "@pulumi/gcp/cloudrunv2";
import { Instance, ProjectMetadata, ProjectMetadataItem, RegionInstanceTemplate } from "@pulumi/gcp/compute";
import { plaintextEnvironment } from "../../../../policies/gcp/compute/plaintextEnvironment";
import { resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const literal = "is a literal under the name of a secret";
const variable = { name: "API_TOKEN", value: "canary-3d" };
// In parts, so that no scanner of this repository finds it.
const url = ["postgres://app:", "s3cr3tPass", "@db.internal:5432/app"].join("");
const machine = { machineType: "a", bootDisk: {}, networkInterfaces: [] };
const first = (environmentVariables: Record<string, string>) =>
  resource(FirstFunction, "agent", { runtime: "nodejs22", environmentVariables });
const service = (env: object) =>
  resource(Service, "agent", { location: "a", template: { containers: [{ image: "a", envs: [env] }] } } as never);

testRule(plaintextEnvironment, {
  passes: {
    "a setting": first({ LOG_LEVEL: "debug" }),
    "a reference": service({
      name: "API_TOKEN",
      valueSource: { secretKeyRef: { secret: "token", version: "latest" } },
    }),
  },
  breaks: {
    "a function": [first({ API_TOKEN: "canary-3d" }), `environmentVariables.API_TOKEN ${literal}`],
    "a function of the second kind": [
      resource(SecondFunction, "agent", {
        location: "a",
        serviceConfig: { environmentVariables: { API_TOKEN: "canary-3d" } },
      }),
      `serviceConfig.environmentVariables.API_TOKEN ${literal}`,
    ],
    "a service": [service(variable), `template.containers[0].envs[0].value ${literal}`],
    "a service of the first kind": [
      resource(FirstService, "agent", {
        location: "a",
        template: { spec: { containers: [{ image: "a", envs: [variable] }] } },
      }),
      `template.spec.containers[0].envs[0].value ${literal}`,
    ],
    "a job": [
      resource(Job, "agent", {
        location: "a",
        template: { template: { containers: [{ image: "a", envs: [variable] }] } },
      }),
      `template.template.containers[0].envs[0].value ${literal}`,
    ],
    "an instance": [
      resource(Instance, "agent", { ...machine, metadata: { "db-password": "canary-3d" } }),
      `metadata.db-password ${literal}`,
    ],
    "an instance's script": [
      resource(Instance, "agent", { ...machine, metadataStartupScript: `#!/bin/sh\npsql ${url}\n` }),
      "metadataStartupScript looks like a credential",
    ],
    "a regional template": [
      resource(RegionInstanceTemplate, "agent", {
        machineType: "a",
        region: "a",
        disks: [],
        metadata: { "db-password": "canary-3d" },
      }),
      `metadata.db-password ${literal}`,
    ],
    "all instances of a project": [
      resource(ProjectMetadata, "agent", { metadata: { "db-password": "canary-3d" } }),
      `metadata.db-password ${literal}`,
    ],
    "all instances of a project, one item": [
      resource(ProjectMetadataItem, "agent", { key: "db-password", value: "canary-3d" }),
      `value ${literal}`,
    ],
    "a pool of workers": [
      resource(WorkerPool, "agent", { location: "a", template: { containers: [{ image: "a", envs: [variable] }] } }),
      `template.containers[0].envs[0].value ${literal}`,
    ],
  },
});
