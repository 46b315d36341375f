import * as pulumi from "@pulumi/pulumi";
import type { ClusterPlace } from "./kubernetes/kubeconfig";
import { given } from "./options";

/** The cluster that the Kubernetes objects of a component are made in. */
export interface Cluster {
  /** Whether it can be asked from here, once its provider is known. */
  isAskable: boolean;
  /** Undefined where there is none to ask: objects are rendered as YAML, or `isAskable` is false. */
  place: pulumi.Output<ClusterPlace | undefined>;
}

/** What tells a provider of Kubernetes which cluster it works with. */
const settings = ["kubeconfig", "context", "cluster", "renderYamlToDirectory"] as const;
type Settings = Partial<Record<(typeof settings)[number], string | undefined>>;

/** By the component's provider of Kubernetes: one that this program made, else the default one. */
export function clusterOf(component: pulumi.ComponentResource): Cluster {
  const provider = component.getProvider("kubernetes:core/v1:Secret");
  if (provider === undefined) {
    const configured = settings.map((key) => [key, pulumi.runtime.getConfig(`kubernetes:${key}`)]);
    return { isAskable: true, place: pulumi.output(placeOf(Object.fromEntries(configured))) };
  }
  const made = provider as unknown as Record<string, pulumi.Output<string | undefined> | undefined>;
  // A component in another language gets a provider without its arguments.
  if (made.kubeconfig === undefined) return { isAskable: false, place: pulumi.output<undefined>(undefined) };
  const known = pulumi.all(Object.fromEntries(settings.map((key) => [key, made[key]])));
  return { isAskable: true, place: (known as pulumi.Output<Settings>).apply(placeOf) };
}

function placeOf({ renderYamlToDirectory, ...place }: Settings): ClusterPlace | undefined {
  return renderYamlToDirectory === undefined ? given(place) : undefined;
}
