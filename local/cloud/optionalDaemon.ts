import { waitUntil } from "./ports";
import type { DaemonCommand, Daemons } from "./processes";

/**
 * Starts a daemon that a cloud can do without, and waits until its address answers. If it never does, it is ended: a
 * cloud whose daemon is dead counts as abandoned, and this one goes on without.
 */
export async function startOptional(daemons: Daemons, command: DaemonCommand, healthUrl: string): Promise<void> {
  const { name } = command;
  daemons.start(command);
  try {
    await waitUntil(
      name,
      60,
      async () => (await fetch(healthUrl)).ok,
      () => daemons.requireAlive(name),
    );
  } catch (error) {
    await daemons.stop(name);
    throw error;
  }
}
