import table from "./policies/providers.json";

/** Google sees all claims, so that numbers are enough: names can be taken by others, numbers can't. */
export interface Forges {
  github?: { ownerId: string; repositoryId: string };
  gitlab?: { projectId: string };
}

export interface Provider {
  issuer: string;
  /** CEL: which job it is, of what the token says; `none` is let in nowhere. */
  job: string;
  /** CEL: whether the token is let in at all. */
  condition: string;
}

/** The providers of policies/providers.json with their `<name>`s filled in. */
export function providers(forges: Forges): Record<string, Provider> {
  const used = Object.entries(forges).filter(([, numbers]) => numbers !== undefined);
  return Object.fromEntries(
    used.map(([forge, numbers]) => {
      const { issuer, job, condition } = table[forge as keyof Forges];
      return [forge, { issuer, job, condition: filled(condition, numbers) }];
    }),
  );
}

function filled(condition: string, numbers: Readonly<Record<string, string>>): string {
  return condition.replace(/<(\w+)>/g, (_, name: string) => {
    // In the configuration a number may be one.
    const number = String(numbers[name]);
    if (!/^\d+$/.test(number)) throw new Error(`${name} is missing, or no number`);
    return number;
  });
}
