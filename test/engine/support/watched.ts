import { kubernetes } from "./kubernetes";

/** What a watch tells of an object. */
export interface Change<T> {
  type: "ADDED" | "MODIFIED" | "DELETED";
  object: T & { metadata: { name: string; resourceVersion: string } };
}

/** The moment of a collection: whatever changes later counts up from here, over all kinds. */
export async function resourceVersion(collection: string): Promise<string> {
  const { body } = await kubernetes("GET", collection);
  return (body as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
}

/** All that has happened in a collection since then, told after the fact. */
export async function changesSince<T>(collection: string, since: string): Promise<Change<T>[]> {
  const { text } = await kubernetes("GET", `${collection}?watch=true&timeoutSeconds=1&resourceVersion=${since}`);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Change<T>);
}
