import type { Rule } from "../../rule";
import { literalMetadata } from "./literalMetadata";
import { literalOutput } from "./literalOutput";

export const literalRules: readonly Rule[] = [literalMetadata, literalOutput];
