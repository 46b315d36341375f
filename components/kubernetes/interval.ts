import { shortHash } from "../binding/delivered";

/**
 * Up to five per cent sooner, by name: bindings that were made together would ask the cloud together for ever
 * (external-secrets#4231).
 */
export function staggered(seconds: number, name: string): number {
  const share = Number.parseInt(shortHash(name), 16) / 0xffffffff;
  return Math.max(1, Math.round(seconds * (1 - share * 0.05)));
}

/** As Go writes a duration, and so as the operator keeps it: `2m53s`, `1h0m0s`. */
export function goDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
