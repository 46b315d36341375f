import { isDeepStrictEqual } from "node:util";
import { known } from "../../../google/refusals";
import type { Inputs } from "../../../google/requests";
import { type GoogleApi, type Parameters, pathParameter } from "../api";
import { notFound } from "../errors";
import type { Binding, Policy, Resource } from "../state";
import { familyOf, type Kind, requestOf } from "./kind";

type Change = (policy: Policy) => Policy;

/** One member of one role. It is added to the policy that is there, and taken out of it again. */
export function grant(type: string): Kind {
  const { parameters, taken } = requestOf(type);
  const placeOf = (inputs: Inputs) => placeIn(type, parameters(known(inputs) as Inputs));
  return {
    immutable: taken,
    computed: ["etag"],
    create(api, inputs) {
      const place = placeOf(inputs);
      const policy = changePolicy(api, type, place, (old) => withMember(old, bindingOf(inputs)));
      const { role, member } = inputs;
      const title = (inputs.condition as Inputs | null | undefined)?.title;
      const id = [place, role, member, ...(title === undefined ? [] : [title])].join("/");
      return { id, outputs: { etag: policy.etag as string } };
    },
    read(api, id, inputs) {
      const policy = policyOf(api, type, placeOf(inputs));
      if (find(policy, bindingOf(inputs))?.members.includes(inputs.member as string) !== true) throw notFound(id);
      return { etag: policy.etag as string };
    },
    remove(api, _, inputs) {
      changePolicy(api, type, placeOf(inputs), (old) => withoutMember(old, bindingOf(inputs)));
    },
    // Another role, member or condition is another grant.
    isNumbered: true,
  };
}

/** What a policy is on, as the type's request names it. */
export function placeIn(type: string, parameters: Inputs): string {
  return String(parameters[pathParameter(requestOf(type).method) as string]);
}

/** Reads the policy, and writes it back changed. */
export function changePolicy(api: GoogleApi, type: string, place: string, change: Change): Policy {
  const method = `${familyOf(type)}.setIamPolicy`;
  const policy = change(policyOf(api, type, place));
  const body = method.startsWith("storage.") ? policy : { policy };
  return api.call(method, at(method, place), body as Resource) as Policy;
}

/** Conditions are told to those only who ask for version 3. */
export function policyOf(api: GoogleApi, type: string, place: string): Policy {
  const method = `${familyOf(type)}.getIamPolicy`;
  const version = "requestedPolicyVersion";
  if (method.startsWith("cloudresourcemanager."))
    return api.call(method, at(method, place), { options: { [version]: 3 } }) as Policy;
  const option = method.startsWith("storage.") ? "optionsRequestedPolicyVersion" : `options.${version}`;
  return api.call(method, { ...at(method, place), [option]: "3" }) as Policy;
}

function at(method: string, place: string): Parameters {
  return { [pathParameter(method) as string]: place };
}

function bindingOf(inputs: Inputs): Binding {
  const { role, member, condition } = known(inputs) as { role: string; member: string; condition?: object };
  return { role, members: [member], ...(condition === undefined ? {} : { condition }) };
}

function isSame(one: Binding, other: Binding): boolean {
  return one.role === other.role && isDeepStrictEqual(one.condition, other.condition);
}

function find({ bindings = [] }: Policy, asked: Binding): Binding | undefined {
  return bindings.find((binding) => isSame(binding, asked));
}

function withMember(policy: Policy, added: Binding): Policy {
  const others = (policy.bindings ?? []).filter((binding) => !isSame(binding, added));
  const members = new Set([...(find(policy, added)?.members ?? []), ...added.members]);
  return versioned({ ...policy, bindings: [...others, { ...added, members: [...members] }] });
}

function withoutMember(policy: Policy, removed: Binding): Policy {
  const left = (policy.bindings ?? []).map((binding) =>
    isSame(binding, removed)
      ? { ...binding, members: binding.members.filter((member) => !removed.members.includes(member)) }
      : binding,
  );
  return versioned({ ...policy, bindings: left.filter(({ members }) => members.length > 0) });
}

/** https://cloud.google.com/iam/docs/policies#versions */
function versioned(policy: Policy): Policy {
  const conditional = (policy.bindings ?? []).some(({ condition }) => condition !== undefined);
  return { ...policy, version: conditional ? 3 : 1 };
}
