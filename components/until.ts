const oneDay = 24 * 60 * 60 * 1000;

/** The moment in which a principal's `until` ends, in UTC. A day is meant to its end. */
export function endOf(until: string): string {
  const moment = until.includes("T") ? new Date(until) : new Date(Date.parse(until) + oneDay);
  return moment.toISOString().replace(".000Z", "Z");
}
