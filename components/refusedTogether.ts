import * as pulumi from "@pulumi/pulumi";
import { InputError } from "./errors";
import { beforeHook } from "./hooks";
import { perProgram } from "./perProgram";

/** The findings of one kind of hook in a program, and the resources that are still to be registered. */
interface Together<T> {
  found: T[];
  registering: Set<Promise<unknown>>;
  isEnding: boolean;
}

/** A rule that is asked before a resource is created. */
export interface RuleOfCreation<T> {
  /** To be bound to `beforeCreate`. What it finds keeps the resource from being created. */
  hook(name: string, find: (args: pulumi.ResourceHookArgs) => Promise<T | undefined>): pulumi.ResourceHook;
  /** A resource that the hook was bound to. */
  watch(resource: pulumi.Resource): void;
}

/** Lines for the findings: first the problem, which stands by itself, then what to do. */
export type Say<T> = (found: readonly T[]) => string[];

/**
 * A rule whose problems are told together. By itself, a hook fails one resource and with it the run, so that a preview
 * shows the first problem of many, behind the hook's name. Here the preview of a program goes on and ends with all that
 * was found. An update stops at once, and so does what is constructed for another language: its host repeats an error for
 * each component that waits.
 */
export function refusedTogether<T>(say: Say<T>): RuleOfCreation<T> {
  const ofProgram = perProgram((): Together<T> => ({ found: [], registering: new Set(), isEnding: false }));
  return {
    hook: (name, find) => {
      const isPreview = pulumi.runtime.isDryRun();
      const together = isPreview ? ofProgram() : undefined;
      const ask = async (args: pulumi.ResourceHookArgs) => {
        const found = await find(args);
        if (found === undefined) return;
        if (together === undefined) throw new Error(alone(say([found]), isPreview));
        together.found.push(found);
        void endWithAll(together, say);
      };
      return beforeHook(name, ask);
    },
    watch: (resource) => {
      const registering = ofProgram()?.registering;
      if (registering === undefined) return;
      // Whether it goes well or not.
      const registered = pulumi.isSecret(resource.urn).catch(() => {});
      registering.add(registered);
      void registered.then(() => registering.delete(registered));
    },
  };
}

/** In an update each of many fails by itself: one line of what is wrong, for what to do stands in the preview. */
function alone(lines: string[], isPreview: boolean): string {
  return isPreview || lines.length === 1 ? lines.join("; ") : `${lines[0]}: pulumi preview says what to do`;
}

/** Nobody waits for what this throws: it ends the program. */
async function endWithAll<T>(together: Together<T>, say: Say<T>): Promise<void> {
  if (together.isEnding) return;
  together.isEnding = true;
  // The program would be over before otherwise.
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    while (together.registering.size > 0) await Promise.race(together.registering);
    throw new InputError(say(together.found));
  } finally {
    done();
  }
}
