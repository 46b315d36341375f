import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cacheDirectory } from "./toolCache";

/**
 * The directories of all local clouds of this user. A cloud whose owner was killed can't clean up; the next start does,
 * also when it is in another directory (tests take a new one each time).
 */
const registry = () => path.join(cacheDirectory(), "clouds");

const entry = (directory: string) =>
  path.join(registry(), createHash("sha256").update(directory).digest("hex").slice(0, 16));

export function register(directory: string): void {
  mkdirSync(registry(), { recursive: true });
  writeFileSync(entry(directory), directory);
}

export function unregister(directory: string): void {
  rmSync(entry(directory), { force: true });
}

export function registeredDirectories(): string[] {
  mkdirSync(registry(), { recursive: true });
  return readdirSync(registry()).flatMap((name) => {
    try {
      return readFileSync(path.join(registry(), name), "utf8");
    } catch {
      // Unregistered in between.
      return [];
    }
  });
}
