import * as pulumi from "@pulumi/pulumi";
import { Workload } from "../workloads";
import { injectInto } from "./inject";
import type { Fields, Injection, InjectOptions } from "./injection";
import { whenKnown } from "./whenKnown";

/** Which resources of a chart or config group receive the values, and which of their containers. */
export interface TransformOptions extends InjectOptions {
  /**
   * The workload's `metadata.name`.
   * @default every workload of the binding's kind
   */
  name?: string;
}

/** The groups that serve or served each kind; a resource of that kind in any other is somebody else's. */
const groups: Record<Workload, string[]> = {
  Deployment: ["apps", "extensions"],
  StatefulSet: ["apps"],
  DaemonSet: ["apps", "extensions"],
  ReplicaSet: ["apps", "extensions"],
  Job: ["batch"],
  CronJob: ["batch"],
  Pod: ["core"],
};

/**
 * For the option `transforms` of a component. The engine calls it for the component and all that is below, that of a
 * plugin too (helm.v4.Chart, yaml.v2.ConfigGroup): https://www.pulumi.com/docs/iac/concepts/options/transforms/
 */
export function transformWith(
  binding: pulumi.Resource,
  from: Injection,
  { name, ...options }: TransformOptions,
): pulumi.ResourceTransform {
  return ({ type, props, opts }) => {
    if (!isOfKind(type, from.workload)) return undefined;
    // The dependencies of Outputs don't leave a transform: without this one, the Secrets could go before the pods.
    const waiting = { ...opts, dependsOn: [...((opts.dependsOn ?? []) as pulumi.Resource[]), binding] };
    if (name === undefined) return { props: injectInto(props, from, options), opts: waiting };
    const chosen = whenKnown<Fields | undefined, Fields | undefined>(props.metadata, (metadata = {}) =>
      whenKnown<unknown, Fields | undefined>(metadata.name, (own) =>
        own === name ? injectInto(props, from, options) : undefined,
      ),
    );
    if (chosen === undefined) return undefined;
    if (!pulumi.Output.isInstance(chosen)) return { props: chosen as Fields, opts: waiting };
    return { props: laterChosen(props, chosen as pulumi.Output<Fields | undefined>), opts: waiting };
  };
}

/** `kubernetes:apps/v1:Deployment`, of any version. */
function isOfKind(type: string, workload: Workload): boolean {
  const [, group, kind] = /^kubernetes:([^/]+)\/[^:]+:(.+)$/.exec(type) ?? [];
  return kind === workload && groups[workload].includes(group as string);
}

/** Where a secret among a chart's values makes all that it renders come later. */
function laterChosen(props: Fields, chosen: pulumi.Output<Fields | undefined>): Fields {
  return {
    ...props,
    metadata: pulumi.all([chosen, props.metadata]).apply(([injected, own]) => injected?.metadata ?? own),
    spec: pulumi.all([chosen, props.spec]).apply(([injected, own]) => injected?.spec ?? own),
  };
}
