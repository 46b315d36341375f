import { combinations } from "../../../components/binding/combinations";
import { inManifestWords } from "../../../components/manifest/words";

/** Messages of programs that a manifest's author may see: they are functions of what the binding is. */
const messages = combinations.map(({ message }) => String(message));

test.each([
  [
    'and the workspace names none: set its kubernetes.cluster (in a reference, cluster), or delivery: "native"',
    'and the workspace names none: set its cluster, or delivery: "native"',
  ],
  [
    'names no such cluster: set its kubernetes.cluster.gke (in a reference, cluster.gke), or delivery: "native"',
    'names no such cluster: set its cluster.gke, or delivery: "native"',
  ],
  ["asFile is never updated in a running pod", "a file by subPath is never updated in a running pod"],
])("a program's words are those of a manifest: %s", (ofProgram, ofManifest) => {
  expect(inManifestWords(ofProgram)).toBe(ofManifest);
});

test("no message of a binding names a key that a manifest does not have", () => {
  expect(messages.map(inManifestWords).filter((message) => /kubernetes\.|in a reference|asFile/.test(message))).toEqual(
    [],
  );
});
