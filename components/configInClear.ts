import * as pulumi from "@pulumi/pulumi";
import { perOperation } from "./perProgram";

/** Whether a key of the stack's configuration was set without `--secret`. Pulumi knows, and declares it for itself only. */
export function isInClear(key: string): boolean {
  const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };
  return isConfigSecret !== undefined && pulumi.runtime.getConfig(key) !== undefined && !isConfigSecret(key);
}

/** The project's key that holds a text in clear, without the project's name; undefined where there is none. */
export function keyInClear(text: string): string | undefined {
  return textsInClear().get(text);
}

const textsInClear = perOperation(() => {
  const own = `${pulumi.getProject()}:`;
  const clear = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(own) && isInClear(key));
  return new Map(clear.map(([key, text]) => [text, key.slice(own.length)]));
});
