import type { PolicyConfigSchema } from "@pulumi/policy";
import { z } from "zod";
import { describe, describeIssue, locate } from "../components/checks/issues";
import { InputError } from "../components/errors";
import { exemptions } from "./exemptions";

export type RuleConfig<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & {
  exemptions: z.output<typeof exemptions>;
};

/** A rule's configuration: what the engine is told of it, and how it is read. */
export interface ConfigReader<Shape extends z.ZodRawShape> {
  schema: PolicyConfigSchema;
  /** @throws InputError naming the rule and what is wrong. */
  read(given: object): RuleConfig<Shape>;
}

export function configReader<Shape extends z.ZodRawShape>(rule: string, shape: Shape): ConfigReader<Shape> {
  const reader = z.strictObject({ ...shape, exemptions });
  const { properties } = z.toJSONSchema(reader, {
    io: "input",
    // The engine checks the format too, and would print zod's pattern for it.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  // A pack is configured once, and asked for each resource.
  const known = new Map<string, RuleConfig<Shape>>();
  return {
    schema: { properties: properties as unknown as PolicyConfigSchema["properties"] },
    read: (given) => {
      const key = JSON.stringify(given);
      const read = known.get(key) ?? parse(rule, reader, given);
      known.set(key, read as RuleConfig<Shape>);
      return read as RuleConfig<Shape>;
    },
  };
}

function parse(rule: string, reader: z.ZodType, given: object): unknown {
  const result = reader.safeParse(given, { error: describeIssue });
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(locate);
  throw new InputError(problems.map(({ path, message }) => `policy "${rule}": ${describe(path, message)}`));
}
