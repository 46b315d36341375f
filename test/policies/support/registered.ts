import type { Registered } from "../../support/mocks";
import { type Fixture, raw } from "./fixture";

/** What a program asked for under mocks, as a pack is shown it. Components alone are parents here. */
export function fixturesOf(resources: readonly Registered[]): Fixture[] {
  const made: Fixture[] = [];
  for (const { type, name, inputs, options } of resources) {
    const parent = made.find((one) => one.name === options.parent && one.type.startsWith("vantedge-secrets:"));
    const isProtected = options.protect;
    made.push(raw(type, name, inputs, parent === undefined ? { isProtected } : { isProtected, parent }));
  }
  return made;
}
