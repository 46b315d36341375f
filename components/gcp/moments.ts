const millisecondsOfDay = 86_400_000;

/** As Google gives it back, or each refresh would find a difference: in UTC, and without zeros that say nothing. */
export function inUtc(moment: string | number): string {
  return new Date(moment).toISOString().replace(".000Z", "Z");
}

/**
 * The first reminder, or the one that Google has gone on to by itself since: it adds the period each time. `ignoreChanges`
 * would not do: to a secret that is there, the engine would add reminders without their moment (pulumi
 * sdk/go/common/resource/properties_path.go, reset), and where the period changes it would send one that is past. Google
 * refuses both.
 */
export function nextReminder(first: string, everyDays: number, now = Date.now()): string {
  const start = Date.parse(first);
  if (start > now) return inUtc(start);
  const period = everyDays * millisecondsOfDay;
  return inUtc(start + (Math.floor((now - start) / period) + 1) * period);
}

/** 3,153,600,000 seconds: https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets#Rotation */
const farthest = 36_500 * millisecondsOfDay;

/** Google takes neither reminders nor an expiry beyond. */
export function isTooFar(moment: string): boolean {
  return Date.parse(moment) - Date.now() > farthest;
}
