import { secretReason, shownKey } from "../../literals/place";
import { isSecretText } from "../../literals/secretText";
import { at, entriesOf, itemsOf, jsonOf, type Value, type Values } from "../../value";

/** Properties that name a resource or describe it: `name`, `secretId`, `bucketPrefix`, `description`. */
const describing =
  /^(.*([nN]ame|[iI]d|[iI]dentifier|[pP]refix|[aA]lias|[bB]ucket|[dD]escription|[cC]omment|[tT]itle|[nN]otes?))$/;

/** Properties that hold tags, whatever a provider calls them. */
const tagging = /^(tags|tagsAll|defaultTags|labels|userLabels|resourceLabels|annotations|tagSpecifications)$/;

/** Where Kubernetes has metadata: of the resource, of its pods, of what an operator makes of it. */
const metadata = [
  ["metadata"],
  ["spec", "template", "metadata"],
  ["spec", "jobTemplate", "metadata"],
  ["spec", "jobTemplate", "spec", "template", "metadata"],
  ["spec", "target", "template", "metadata"],
];

/** What is wrong with names, descriptions and tags, which everybody reads who may list resources. */
export async function literalsIn(name: string, inputs: Values): Promise<string[]> {
  const found: (string[] | Promise<string[]>)[] = [
    (await isSecretText(name)) ? ["its name looks like a credential"] : [],
  ];
  for (const [key, value] of Object.entries(inputs)) {
    // What a provider is given reaches it as JSON.
    if (tagging.test(key)) found.push(tagged(key, typeof value === "string" ? jsonOf(value) : value));
    else if (describing.test(key)) found.push(described(key, value));
  }
  for (const way of metadata) {
    const place = at(inputs, ...way);
    if (entriesOf(place).length === 0) continue;
    const path = way.join(".");
    found.push(
      tagged(`${path}.labels`, at(place, "labels")),
      tagged(`${path}.annotations`, at(place, "annotations")),
      described(`${path}.name`, at(place, "name")),
    );
  }
  return (await Promise.all(found)).flat();
}

async function described(path: string, text: Value): Promise<string[]> {
  return typeof text === "string" && (await isSecretText(text)) ? [`${path} looks like a credential`] : [];
}

/** A set of tags, or a list of them: `{ key, value }`, in the default tags of a provider below `tags`. */
async function tagged(path: string, tags: Value): Promise<string[]> {
  if (Array.isArray(tags)) {
    const all = itemsOf(tags).map(async (tag, index) => {
      const key = at(tag, "key") ?? at(tag, "Key");
      const reason = await tagReason(typeof key === "string" ? key : "", at(tag, "value") ?? at(tag, "Value"));
      return reason === undefined ? [] : [`${path}[${index}] ${reason}`];
    });
    return (await Promise.all(all)).flat();
  }
  const all = entriesOf(tags).map(async ([key, value]) => {
    if (typeof value !== "string") return tagged(`${path}.${await shownKey(key)}`, value);
    const reason = (await tagReason(key, value)) ?? ((await isSecretText(key)) ? "looks like a credential" : undefined);
    return reason === undefined ? [] : [`${path}.${await shownKey(key)} ${reason}`];
  });
  return (await Promise.all(all)).flat();
}

/**
 * Tags say what a secret is for: `secret: orders-database`. And annotations with a domain are switches, versions and
 * checksums for a tool. So a name counts only where the text is no plain word and no id.
 */
async function tagReason(key: string, value: Value): Promise<string | undefined> {
  if (typeof value !== "string") return undefined;
  const isPlain =
    key.includes("/") || /^[a-z]+([-_. /:][a-z]+)*$/i.test(value) || /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value);
  return secretReason(isPlain ? "" : key, value);
}
