/** Requirements of one framework. */
export interface Mapping {
  framework: string;
  /** Empty where the mapping names none. */
  version: string;
  references: readonly string[];
}

export function mapping(framework: string, version: string): (...references: string[]) => Mapping {
  return (...references) => ({ framework, version, references });
}
