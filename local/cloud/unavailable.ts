/** A real part that this machine can't provide. The local cloud then goes on with a simulated one and says so. */
export class PartUnavailable extends Error {
  override name = "PartUnavailable";
}
