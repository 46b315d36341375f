/** A real part that this machine can't provide. The local cloud then goes on with a simulated one and says so. */
export class PartUnavailable extends Error {
  override name = "PartUnavailable";
}

/** A real part that this machine has, or what is missing. */
export type Availability<T> = { value: T; why?: undefined } | { value?: undefined; why: string };

export async function availability<T>(preparation: Promise<T>): Promise<Availability<T>> {
  try {
    return { value: await preparation };
  } catch (error) {
    if (error instanceof PartUnavailable) return { why: error.message };
    throw error;
  }
}

/** Of a part that a cloud can do without: no failure of it is one of the cloud. */
export async function optional<T>(failing: string, preparation: Promise<T>): Promise<Availability<T>> {
  try {
    return await availability(preparation);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
    return { why: `${failing}: ${reason}` };
  }
}
