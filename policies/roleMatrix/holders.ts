import type { Stack, StackResource } from "../stack";
import { at, hasUnknown, itemsOf, notYetKnown, type Value } from "../value";
import { type Attachment, attachments, type HolderKind, holderTypes } from "./attachments";
import managedPolicies from "./managedPolicies.json";

/** A policy document and the resource that it stands in. */
export interface Document {
  resource: StackResource;
  /** For a message: `policy`, `inlinePolicies[0].policy`. */
  path: string;
  /** JSON text or what that says; undefined while it is not known yet. */
  text: string | object | undefined;
}

/** A role, user or group, by the resource that makes it or by the name that a program gives. */
export interface Holder {
  kind: HolderKind;
  name: string;
  /** Absent where the stack doesn't make it. */
  resource?: StackResource;
  documents: Document[];
}

/** Everybody in the stack who carries a policy. */
export function holdersOf(stack: Stack): Holder[] {
  const holders = new Map<string, Holder>();
  for (const [type, ways] of Object.entries(attachments)) {
    for (const resource of stack.ofType(type)) {
      for (const way of ways) {
        const documents = documentsOf(stack, resource, way);
        for (const holder of heldBy(stack, resource, way)) {
          const known = holders.get(`${holder.kind} ${holder.name}`) ?? holder;
          known.documents.push(...documents);
          holders.set(`${holder.kind} ${holder.name}`, known);
        }
      }
    }
  }
  return [...holders.values()];
}

/**
 * Whom a resource gives its documents: by name or ARN where that is known. Else the resources that the property comes from
 * say it, unless it names one holder and comes from several.
 */
function heldBy(stack: Stack, resource: StackResource, { holder: kind, holders: property }: Attachment): Holder[] {
  if (property === undefined) return [holderOf(kind, resource)];
  const all = stack.ofType(holderTypes[kind]);
  const value = resource.values[property];
  const names = itemsOf(value).filter((name) => typeof name === "string");
  const named = names.map((name) => {
    const made = all.find(({ values }) => [values.name, values.id, values.arn].includes(name));
    return made === undefined ? { kind, name: name.split("/").at(-1) as string, documents: [] } : holderOf(kind, made);
  });
  const isKnown = value !== notYetKnown && !itemsOf(value).includes(notYetKnown);
  const referred = isKnown ? [] : resource.referredBy(property).filter(({ type }) => type === holderTypes[kind]);
  const isSingle = !Array.isArray(value) && !property.endsWith("s");
  const meant = isSingle && referred.length > 1 ? [] : referred.map((one) => holderOf(kind, one));
  return [...new Map([...meant, ...named].map((one) => [one.name, one])).values()];
}

function holderOf(kind: HolderKind, resource: StackResource): Holder {
  const { name } = resource.values;
  return { kind, name: typeof name === "string" ? name : resource.urn, resource, documents: [] };
}

function documentsOf(stack: Stack, resource: StackResource, { document, policies, holders }: Attachment): Document[] {
  return [
    ...(document === undefined ? [] : [{ resource, path: document, text: textOf(resource.values[document]) }]),
    ...(holders === undefined ? inlineDocuments(resource) : []),
    ...(policies === undefined ? [] : managedDocuments(stack, resource, policies)),
  ];
}

function inlineDocuments(resource: StackResource): Document[] {
  return itemsOf(resource.values.inlinePolicies).map((inline, index) => ({
    resource,
    path: `inlinePolicies[${index}].policy`,
    text: textOf(at(inline, "policy")),
  }));
}

function managedDocuments(stack: Stack, resource: StackResource, property: string): Document[] {
  const made = stack.ofType("aws:iam/policy:Policy");
  const referred = resource.referredBy(property).filter(({ type }) => type === "aws:iam/policy:Policy");
  const arns = itemsOf(resource.values[property]).filter((arn) => typeof arn === "string");
  const named = made.filter(({ values }) => arns.some((arn) => arn === values.arn || arn === values.id));
  const own = [...new Set([...referred, ...named])].map((policy) => ({
    resource: policy,
    path: "policy",
    text: textOf(policy.values.policy),
  }));
  const ofAws = arns.flatMap((arn) => {
    const statements = awsManaged(arn);
    return statements === undefined
      ? []
      : [{ resource, path: property, text: { Version: "2012-10-17", Statement: statements } }];
  });
  return [...own, ...ofAws];
}

/** What AWS's own policies of the most common names allow; others are not judged. */
function awsManaged(arn: string): object[] | undefined {
  const name = /^arn:[a-z-]+:iam::aws:policy\/(?:.*\/)?(?<name>[^/]+)$/.exec(arn)?.groups?.["name"];
  return name === undefined ? undefined : (managedPolicies as Record<string, object[]>)[name];
}

/** A document that is partly known is its known statements: the others keep their places, and allow nothing. */
export function textOf(value: Value): string | object | undefined {
  if (typeof value === "string") return value;
  if (value === null || typeof value !== "object") return undefined;
  if (!hasUnknown(value)) return value;
  const statements = itemsOf(at(value, "Statement"));
  return statements.length === 0
    ? undefined
    : { Version: "2012-10-17", Statement: statements.map((one) => (hasUnknown(one) ? nothing : one)) };
}

const nothing = { Effect: "Deny", Action: "none:Nothing", Resource: "*" };
