import type * as pulumi from "@pulumi/pulumi";
import { refuse } from "../checks/check";
import { perProgram } from "../perProgram";
import { deliveredNames, takenName } from "./deliveredNames";
import type { BindingSpec } from "./spec";

/** What a binding of the program calls what it makes, and where that is. */
interface Taken {
  provider: pulumi.ProviderResource | undefined;
  namespace: string;
  bindingName: string;
  names: string[];
}

const bindings = perProgram((): Taken[] => []);

/** Refuses the names of another binding of the program in the same cluster, as far as their providers tell. */
export function takeNames(name: string, binding: pulumi.ComponentResource, spec: BindingSpec): void {
  const all = bindings();
  if (all === undefined || spec.reader !== undefined) return;
  const made = deliveredNames(spec);
  const mine: Taken = {
    provider: binding.getProvider("kubernetes:core/v1:Secret"),
    namespace: spec.workspace.namespace as string,
    bindingName: spec.bindingName,
    names: made.map((one) => one.name),
  };
  const others = all.filter((one) => one.provider === mine.provider && one.namespace === mine.namespace);
  all.push(mine);
  if (others.some(({ bindingName }) => bindingName === mine.bindingName)) {
    const message = `"${mine.bindingName}" is another binding of namespace "${mine.namespace}": give each its own name`;
    refuse("DeploymentBinding", name, [{ path: ["bindingName"], message }]);
  }
  const faults = made.flatMap((one) => {
    const other = others.find(({ names }) => names.includes(one.name));
    if (other === undefined) return [];
    return [{ path: ["bindingName"], message: takenName(one.name, one.secret, `"${other.bindingName}"`) }];
  });
  refuse("DeploymentBinding", name, faults);
}
