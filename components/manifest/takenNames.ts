import { deliveredNames, takenName } from "../binding/deliveredNames";
import type { WorkspaceRef } from "../workspaceRef";
import { secretsIn, specOf } from "./bindingRules";
import type { Entries } from "./entries";
import { at, type Problem } from "./problems";

/** Kubernetes Secrets that an earlier binding of the workspace makes under the same name. */
export function takenNames(entries: Entries, refOf: (workspace: string) => WorkspaceRef | undefined): Problem[] {
  const owners = new Map<string, { binding: string; place: string }>();
  return entries.bindings.flatMap((binding) => {
    const { known } = binding;
    const workspace = known && refOf(known.workspace);
    if (known === undefined || workspace === undefined) return [];
    const { spec } = specOf(known, secretsIn(workspace.name, entries), workspace);
    return deliveredNames(spec).flatMap(({ secret, name }) => {
      const key = `${workspace.name}/${name}`;
      const other = owners.get(key);
      if (other === undefined) owners.set(key, { binding: known.name, place: at(binding.place(["name"])) });
      // One of the same name is said to be declared twice.
      if (other === undefined || other.binding === known.name) return [];
      return [binding.problem(["name"], takenName(name, secret, `"${other.binding}" at ${other.place}`))];
    });
  });
}
