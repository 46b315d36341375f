import { rotated } from "../versionId";
import type { Entries, Entry } from "./entries";
import { referencesOf } from "./podSnippets";
import { declareOr, type Problem } from "./problems";
import type { BindingEntry, SecretEntry } from "./shapes";

/** References of a binding that no secret of its workspace in the file can serve. */
export function bindingProblems(binding: Entry<BindingEntry>, entries: Entries): Problem[] {
  const { known } = binding;
  if (known === undefined) return [];
  const secrets = entries.secrets.filter(({ workspace }) => workspace === known.workspace);
  const problems = referencesOf(known, () => undefined).problems.map(({ path, message }) =>
    binding.problem(path, message),
  );
  const env = (known.env ?? []).flatMap(({ valueFrom: { secretKeyRef } }, index) => {
    const path = ["env", index, "valueFrom", "secretKeyRef"];
    const { name, key } = secretKeyRef;
    const used = { key, path: [...path, key === undefined ? "name" : "key"] };
    return referenceProblems(binding, secrets, name, [...path, "name"], [used]);
  });
  const volumes = (known.volumes ?? []).flatMap(({ secret: { secretName, items = [] } }, index) => {
    const path = ["volumes", index, "secret"];
    const used = items.map(({ key }, item) => ({ key, path: [...path, "items", item, "key"] }));
    return referenceProblems(binding, secrets, secretName, [...path, "secretName"], used);
  });
  return [...problems, ...env, ...volumes];
}

/** A key that a binding takes of a secret, and where it says so; undefined for the whole value. */
interface UsedKey {
  key: string | undefined;
  path: (string | number)[];
}

function referenceProblems(
  binding: Entry<BindingEntry>,
  secrets: Entry<SecretEntry>[],
  name: string,
  path: (string | number)[],
  keys: UsedKey[],
): Problem[] {
  const secret = secrets.find((candidate) => candidate.name === name);
  if (secret === undefined) {
    const declared = secrets.flatMap((candidate) => candidate.name ?? []);
    const message = `there is no secret "${name}" in workspace "${binding.workspace}": ${declareOr(declared)}`;
    return [binding.problem(path, message)];
  }
  if (secret.known === undefined) return [];
  const { value, fields, rotation } = secret.known;
  if (value === undefined && fields === undefined) {
    return [binding.problem(path, `secret "${name}" has no value in this file: give it one to deliver it`)];
  }
  if (rotation !== undefined) {
    return [binding.problem(path, `secret "${name}" ${rotated}`)];
  }
  const known = fields === undefined ? undefined : Object.keys(fields).sort();
  return keys.flatMap((used) => {
    const message = keyProblem(name, known, used.key);
    return message === undefined ? [] : [binding.problem(used.path, message)];
  });
}

function keyProblem(name: string, fields: string[] | undefined, key: string | undefined): string | undefined {
  if (fields === undefined) {
    return key === undefined || key === "value"
      ? undefined
      : `secret "${name}" is one value and has no field "${key}": its only key is value`;
  }
  if (key === undefined) return `secret "${name}" is made of fields: choose one of ${fields.join(", ")} as key`;
  return fields.includes(key) ? undefined : `secret "${name}" has no field "${key}": it has ${fields.join(", ")}`;
}
