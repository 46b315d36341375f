import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { podMetadata, workloadMetadata } from "./annotations";
import { injectedContainers } from "./containers";
import { type Fields, type Injection, type InjectOptions, refuseInjection } from "./injection";
import { changeTemplate, refuseOtherWorkload, refuseRestartPolicy } from "./podTemplate";
import { whenAllKnown, whenKnown } from "./whenKnown";

/** A copy of a workload's arguments in the binding's namespace, with the values in its containers. */
export function injectInto<Args extends object>(args: Args, from: Injection, options: InjectOptions = {}): Args {
  return whenKnown<Fields, Fields>(args, (known) => intoWorkload(known, from, options)) as Args;
}

function intoWorkload(args: Fields, from: Injection, options: InjectOptions): Fields {
  const { bindingName, workload } = from;
  const spec = whenAllKnown<[unknown, Fields | undefined], Fields>([args.kind, args.spec], ([kind, known = {}]) => {
    refuseOtherWorkload(bindingName, workload, kind, known);
    return known;
  });
  const placed = { ...args, metadata: workloadMetadata(args.metadata, from), spec };
  return changeTemplate(placed, workload, (template) => ({
    ...template,
    metadata: podMetadata(template.metadata, from),
    spec: whenKnown<Fields | undefined, Fields>(template.spec, (pod = {}) => intoPod(pod, from, options)),
  }));
}

function intoPod(pod: Fields, from: Injection, options: InjectOptions): pulumi.Input<Fields> {
  return whenKnown<unknown, Fields>(pod.restartPolicy, (policy) => {
    refuseRestartPolicy(from.bindingName, from.workload, policy);
    return whenKnown<Fields, Fields>(injectedContainers(pod, from, options), (injected) => ({
      ...injected,
      ...(from.volumeMounts.length === 0 ? {} : { volumes: withVolumes(pod.volumes, from) }),
      imagePullSecrets: withPullSecrets(pod.imagePullSecrets, from),
      serviceAccountName: withServiceAccount(pod, from),
    }));
  });
}

/** One volume that two bindings share, or one binding that is injected twice, is there once. */
function withVolumes(volumes: unknown, { bindingName, volumes: added }: Injection): pulumi.Output<unknown> {
  return pulumi.all([volumes as pulumi.Input<{ name: string }[] | undefined>, added]).apply(([own = [], ours]) => {
    const fresh = ours.filter((volume) => !own.some((one) => isDeepStrictEqual(one, volume)));
    const taken = fresh.map(({ name }) => name).filter((name) => own.some((one) => one.name === name));
    refuseInjection(
      bindingName,
      taken.map(
        (name) => `the workload already has the volume ${name}: remove it from the workload or from the binding`,
      ),
    );
    return [...own, ...fresh];
  });
}

function withPullSecrets(pullSecrets: unknown, { imagePullSecrets }: Injection): pulumi.Output<unknown> {
  return pulumi
    .all([pullSecrets as pulumi.Input<{ name: string }[] | undefined>, imagePullSecrets])
    .apply(([own, ours]) => {
      const fresh = ours.filter(({ name }) => !own?.some((one) => one.name === name));
      return fresh.length === 0 ? own : [...(own ?? []), ...fresh];
    });
}

function withServiceAccount(pod: Fields, { bindingName, serviceAccountName }: Injection): pulumi.Output<unknown> {
  return pulumi
    .all([pod.serviceAccountName, pod.serviceAccount, serviceAccountName])
    .apply(([own, deprecated, needed]) => {
      if (needed === "") return own;
      const other = [own, deprecated].find((name) => name !== undefined && name !== needed);
      if (other !== undefined) {
        refuseInjection(bindingName, [
          `the workload runs as the ServiceAccount "${other}", its secrets are read as "${needed}": leave it out`,
        ]);
      }
      return needed;
    });
}
