import * as pulumi from "@pulumi/pulumi";
import { Workload } from "../binding/workloads";
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
 * For the option `transforms` of a component. The engine asks for the component and all that is below, that of a plugin
 * too (helm.v4.Chart, yaml.v2.ConfigGroup): https://www.pulumi.com/docs/iac/concepts/options/transforms/
 */
export function transformWith(from: Injection, { name, ...options }: TransformOptions): pulumi.ResourceTransform {
  return async ({ type, props, opts }) => {
    if (!isOfKind(type, from.workload)) return undefined;
    const chosen = name === undefined ? injectInto(props, from, options) : choose(props, name, from, options);
    if (chosen === undefined) return undefined;
    // What an Output depends on does not leave a transform. The engine takes it from here for the resource whose own
    // option the transform is, and not (v3.259) for what is below: at a destroy, a chart's Secrets may go before its pods.
    const dependsOn = [...((opts.dependsOn ?? []) as pulumi.Resource[]), ...(await resourcesBehind(from))];
    return { props: chosen, opts: { ...opts, dependsOn } };
  };
}

/** The resource with the values in it if it has the name; undefined if it has another. */
function choose(props: Fields, name: string, from: Injection, options: InjectOptions): Fields | undefined {
  const chosen = whenKnown<Fields | undefined, Fields | undefined>(props.metadata, (metadata = {}) =>
    whenKnown<unknown, Fields | undefined>(metadata.name, (own) =>
      own === name ? injectInto(props, from, options) : undefined,
    ),
  );
  return pulumi.Output.isInstance(chosen) ? chosenLater(props, chosen) : (chosen as Fields | undefined);
}

async function resourcesBehind(from: Injection): Promise<pulumi.Resource[]> {
  const outputs = Object.values(from).filter((given) => pulumi.Output.isInstance(given));
  return [...(await pulumi.getAllResources(pulumi.all(outputs)))];
}

/** `kubernetes:apps/v1:Deployment`, of any version. */
function isOfKind(type: string, workload: Workload): boolean {
  const [, group, kind] = /^kubernetes:([^/]+)\/[^:]+:(.+)$/.exec(type) ?? [];
  return kind === workload && groups[workload].includes(group as string);
}

/** Where a secret among a chart's values makes all that it renders come later. */
function chosenLater(props: Fields, chosen: pulumi.Output<Fields | undefined>): Fields {
  return {
    ...props,
    metadata: pulumi.all([chosen, props.metadata]).apply(([injected, own]) => injected?.metadata ?? own),
    spec: pulumi.all([chosen, props.spec]).apply(([injected, own]) => injected?.spec ?? own),
  };
}
