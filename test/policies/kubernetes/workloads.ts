import { DaemonSet, Deployment, ReplicaSet, StatefulSet } from "@pulumi/kubernetes/apps/v1";
import { CronJob, Job } from "@pulumi/kubernetes/batch/v1";
import { Pod } from "@pulumi/kubernetes/core/v1";
import type { input } from "@pulumi/kubernetes/types";
import { type Fixture, resource } from "../support/fixture";

type PodSpec = input.core.v1.PodSpec;
type Metadata = input.meta.v1.ObjectMeta;

const selector = { matchLabels: { app: "api" } };

/** A Deployment of the pods, with annotations of its own or of their template. */
export function deployment(spec: PodSpec, annotations: Metadata["annotations"] = {}, ofPods = {}): Fixture {
  return resource(Deployment, "api", {
    metadata: { name: "api", annotations },
    spec: { selector, template: { metadata: { labels: { app: "api" }, annotations: ofPods }, spec } },
  });
}

/** Each kind that has pods, with where their spec is. */
export function kindsOf(spec: PodSpec): Record<string, [Fixture, path: string]> {
  const template = { metadata: { labels: { app: "api" } }, spec };
  return {
    Deployment: [deployment(spec), "spec.template.spec"],
    StatefulSet: [
      resource(StatefulSet, "api", { spec: { selector, serviceName: "api", template } }),
      "spec.template.spec",
    ],
    DaemonSet: [resource(DaemonSet, "api", { spec: { selector, template } }), "spec.template.spec"],
    ReplicaSet: [resource(ReplicaSet, "api", { spec: { selector, template } }), "spec.template.spec"],
    Job: [resource(Job, "api", { spec: { template } }), "spec.template.spec"],
    CronJob: [
      resource(CronJob, "api", { spec: { schedule: "0 6 * * 1", jobTemplate: { spec: { template } } } }),
      "spec.jobTemplate.spec.template.spec",
    ],
    Pod: [resource(Pod, "api", { spec }), "spec"],
  };
}
