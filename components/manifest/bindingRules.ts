import { backendOf } from "../backends";
import { wholeValue } from "../binding/delivered";
import { Delivery } from "../binding/deliveries";
import { tlsFields } from "../binding/references";
import { resolvedBinding, settingFaults } from "../binding/spec";
import { templateFields } from "../binding/template";
import { notTheProgramsValue, type SecretOrigin } from "../knownSecrets";
import { given } from "../options";
import { PreviousVersion } from "../secretArgs";
import type { WorkspaceRef } from "../workspaceRef";
import { bindingArguments } from "./bindingArguments";
import type { Entries, Entry } from "./entries";
import { referencesOf, secretsOf } from "./podSnippets";
import { declareOr, type Problem } from "./problems";
import type { BindingEntry, SecretEntry } from "./shapes";
import { inManifestWords } from "./words";

/** What a binding of a manifest can't have: as it refers to secrets, and as it is set. */
export function bindingProblems(
  binding: Entry<BindingEntry>,
  entries: Entries,
  workspace: WorkspaceRef | undefined,
): Problem[] {
  const { known } = binding;
  if (known === undefined) return [];
  const secrets = secretsIn(known.workspace, entries);
  const fieldsOf = (name: string) => secretFields(secrets.find((secret) => secret.name === name)?.known);
  const { references, problems } = referencesOf(known, fieldsOf);
  return [
    ...problems.map(({ path, message }) => binding.problem(path, message)),
    ...usedKeys(known, references).flatMap((used) => referenceProblems(binding, known, secrets, used)),
    ...(workspace === undefined ? [] : settingProblems(binding, known, secrets, workspace)),
  ];
}

export function secretsIn(workspace: string, entries: Entries): Entry<SecretEntry>[] {
  return entries.secrets.filter((secret) => secret.workspace === workspace);
}

/** A part of a secret that a binding takes, and where it says so. */
interface UsedKey {
  secret: string;
  /** Undefined for the whole value. */
  keys: (string | undefined)[];
  isTemplate: boolean;
  secretPath: PropertyKey[];
  keyPath: PropertyKey[];
}

function usedKeys(entry: BindingEntry, references: ReturnType<typeof referencesOf>["references"]): UsedKey[] {
  const env = (entry.env ?? []).map(({ valueFrom: { secretKeyRef } }, index): UsedKey => {
    const path = ["env", index, "valueFrom", "secretKeyRef"];
    const { name, key, template } = secretKeyRef;
    const named = template !== undefined ? "template" : key === undefined ? "name" : "key";
    return {
      secret: name,
      keys: template === undefined ? [key] : templateFields(template),
      isTemplate: template !== undefined,
      secretPath: [...path, "name"],
      keyPath: [...path, named],
    };
  });
  const volumes = (entry.volumes ?? []).flatMap(({ secret: { secretName, items } }, index): UsedKey[] => {
    const path = ["volumes", index, "secret"];
    const used = { secret: secretName, isTemplate: false, secretPath: [...path, "secretName"] };
    if (items === undefined) return [{ ...used, keys: [], keyPath: [...path, "secretName"] }];
    return items.map(({ key }, item) => ({ ...used, keys: [key], keyPath: [...path, "items", item, "key"] }));
  });
  const whole = (list: string, secret: string, index: number, keys: (string | undefined)[]): UsedKey => {
    const path = list === "secrets" ? [list, index] : [list, index, "secret"];
    return { secret, keys, isTemplate: false, secretPath: path, keyPath: path };
  };
  const { envFrom = [], tls = [], secrets = [], imagePullSecrets = [] } = references;
  return [
    ...env,
    ...volumes,
    ...envFrom.map(({ secret }, index) => whole("envFrom", secret, index, [])),
    ...tls.map((entry, index) => whole("tls", entry.secret, index, Object.values(tlsFields(entry)))),
    ...imagePullSecrets.map(({ secret, field, template }, index) => ({
      ...whole("imagePullSecrets", secret, index, template === undefined ? [field] : templateFields(template)),
      isTemplate: template !== undefined,
    })),
    ...secrets.map((secret, index) => whole("secrets", secret, index, [])),
  ];
}

function referenceProblems(
  binding: Entry<BindingEntry>,
  { delivery }: BindingEntry,
  secrets: Entry<SecretEntry>[],
  { secret: name, keys, isTemplate, secretPath, keyPath }: UsedKey,
): Problem[] {
  const secret = secrets.find((candidate) => candidate.name === name);
  if (secret === undefined) {
    // A file without secrets binds those that another one declares.
    if (secrets.length === 0 && delivery !== Delivery.Native) return [];
    const declared = secrets.flatMap((candidate) => candidate.name ?? []);
    const message = `there is no secret "${name}" in workspace "${binding.workspace}": ${declareOr(declared)}`;
    return [binding.problem(secretPath, message)];
  }
  if (secret.known === undefined) return [];
  const origin = originOf(secret.known).origin;
  if (delivery === Delivery.Native && secretPath[0] !== "secrets") {
    const reason =
      origin === "elsewhere" ? "has no value in this file: give it one to deliver it" : notTheProgramsValue[origin];
    if (reason !== undefined) return [binding.problem(secretPath, `secret "${name}" ${reason}`)];
  }
  // Whoever puts the value in decides whether it has fields.
  if (origin === "elsewhere" || origin === "pinned") return [];
  const fields = secretFields(secret.known);
  return keys.flatMap((key) => {
    const message = keyProblem(name, fields, key, isTemplate);
    return message === undefined ? [] : [binding.problem(keyPath, message)];
  });
}

function keyProblem(
  name: string,
  fields: string[] | undefined,
  key: string | undefined,
  isTemplate: boolean,
): string | undefined {
  if (fields === undefined) {
    return key === undefined || key === wholeValue
      ? undefined
      : `secret "${name}" is one value and has no field "${key}": its only key is value`;
  }
  if (key === undefined) return `secret "${name}" is made of fields: choose one of ${fields.join(", ")} as key`;
  if (isTemplate && key === wholeValue) return undefined;
  return fields.includes(key) ? undefined : `secret "${name}" has no field "${key}": it has ${fields.join(", ")}`;
}

function secretFields(secret: SecretEntry | undefined): string[] | undefined {
  return secret?.fields === undefined ? undefined : Object.keys(secret.fields).sort();
}

function originOf(secret: SecretEntry): SecretOrigin {
  const fields = secretFields(secret);
  if (secret.pinVersion !== undefined) return { origin: "pinned", fields };
  if (secret.rotation !== undefined) return { origin: "rotated", fields };
  if (secret.value === undefined && fields === undefined) return { origin: "elsewhere", fields };
  return { origin: "written", fields, disablesPrevious: secret.gcp?.previousVersion === PreviousVersion.Disable };
}

/** What would not work, and what no identity can be given. */
function settingProblems(
  binding: Entry<BindingEntry>,
  entry: BindingEntry,
  secrets: Entry<SecretEntry>[],
  workspace: WorkspaceRef,
): Problem[] {
  const { args, spec } = specOf(entry, secrets, workspace);
  const facts = { workspace, ...given({ holder: args.reader }), secretNames: secretsOf(args) };
  const isRead = workspace.cluster !== undefined || args.reader !== undefined;
  const readerFaults = isRead ? backendOf(workspace.cloud).readerFaults(facts) : [];
  return [...settingFaults(spec, args), ...readerFaults].map(({ path, message }) =>
    binding.problem(inManifest(path, entry), inManifestWords(message)),
  );
}

/** The binding with every default filled in. */
export function specOf(entry: BindingEntry, secrets: Entry<SecretEntry>[], workspace: WorkspaceRef) {
  const { references } = referencesOf(entry, () => undefined);
  const args = bindingArguments(entry, workspace, references);
  const origins = Object.fromEntries(
    secrets.flatMap(({ known }) => (known === undefined ? [] : [[known.name, originOf(known)]])),
  );
  return { args, spec: resolvedBinding(args, origins) };
}

/** A manifest mounts files as Kubernetes does. */
function inManifest(path: PropertyKey[], { volumeMounts }: BindingEntry): PropertyKey[] {
  return path[0] === "files" && volumeMounts !== undefined ? ["volumeMounts"] : path;
}
