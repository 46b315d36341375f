/** Words of programs, and those that a manifest has for them. */
const words: [ofPrograms: RegExp, ofManifests: string][] = [
  [/kubernetes\.cluster(\.gke)? \(in a reference, cluster(\.gke)?\)/g, "cluster$1"],
  [/\basFile\b/g, "a file by subPath"],
];

/** A component's message, as a manifest's author would say it. */
export function inManifestWords(message: string): string {
  return words.reduce((said, [ofPrograms, ofManifests]) => said.replace(ofPrograms, ofManifests), message);
}
