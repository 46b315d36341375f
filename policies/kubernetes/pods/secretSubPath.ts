import { resourceRule, Severity } from "../../rule";
import { at, isSet, itemsOf } from "../../value";
import { containersOf, isRestarted, isVersioned, podsOf, rollingTypes, secretVolumesOf } from "./pods";

/** https://kubernetes.io/docs/concepts/storage/volumes/#secret: such a container gets no updates (kubernetes#50345) */
export const secretSubPath = resourceRule({
  name: "kubernetes-secret-sub-path",
  requires: "A secret that is mounted by subPath, which is never updated, comes with a restart",
  severity: Severity.Low,
  ids: [],
  mend:
    "mount the whole volume as a directory, let Pulumi name the Secret, or add the annotation " +
    "secret.reloader.stakater.com/reload of Stakater Reloader",
  types: rollingTypes,
  problems: ({ type, inputs }) => {
    const pods = podsOf(type, inputs);
    if (isRestarted(inputs, pods)) return [];
    const volumes = secretVolumesOf(pods);
    return containersOf(pods).flatMap(({ path, container }) =>
      itemsOf(at(container, "volumeMounts")).flatMap((mount, index) => {
        if (!isSet(at(mount, "subPath")) && !isSet(at(mount, "subPathExpr"))) return [];
        const sources = volumes.get(String(at(mount, "name"))) ?? [];
        if (sources.every(({ name }) => isVersioned(name))) return [];
        return [`${path}.volumeMounts[${index}] has a subPath of a secret, and nothing replaces pods for a new value`];
      }),
    );
  },
});
