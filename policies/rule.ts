import type { ReportViolation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { z } from "zod";
import { type ConfigReader, configReader, type RuleConfig } from "./config";
import { type Exemption, exemptionsFor } from "./exemptions";
import { nameOf, pulumiFramework, requirementsOf } from "./frameworks";
import { recommendedLevel } from "./levels";
import { type Stack, type StackResource, stackOf } from "./stack";
import { type Values, valuesOf } from "./value";

export const Severity = { Low: "low", Medium: "medium", High: "high", Critical: "critical" } as const;
export type Severity = (typeof Severity)[keyof typeof Severity];

/** What a rule says of itself, whatever it looks at. */
export interface RuleFacts {
  /** In kebab case, from the provider to the rule: `aws-kms-key-rotation`. */
  name: string;
  /** What must hold: a sentence without a full stop. */
  requires: string;
  /** With `high` and `critical`, a violation stops an update unless the preset says otherwise. */
  severity: Severity;
  /** The ids of the same check elsewhere: `CKV_AWS_7`, `AWS-0065`, `Prowler kms_cmk_rotation_enabled`, `CIS AWS 7.0 4.6`. */
  ids: readonly string[];
  /** What to do, without a full stop: `set enableKeyRotation: true`. */
  mend: string;
  /** Why a well-run stack may break it all the same: then it is advice in every preset. */
  opinion?: string;
}

/** A Pulumi policy for any pack, with what it says of itself. */
export type Rule = (ResourceValidationPolicy | StackValidationPolicy) & RuleDetails;

export interface RuleDetails {
  readonly facts: RuleFacts;
  /** The types of resources that it is asked about. */
  readonly types: readonly string[] | "all";
}

/** A resource as the program asks for it. */
export interface Subject {
  type: string;
  name: string;
  urn: string;
  inputs: Values;
  /** `protect: true` in the resource's options. */
  isProtected: boolean;
}

export interface ResourceRule<Shape extends z.ZodRawShape> extends RuleFacts {
  /** Types of resources, for example `aws:kms/key:Key`; `all` for what may stand in any resource. */
  types: "all" | readonly [string, ...string[]];
  /** What may be set besides `exemptions`, each with a default. */
  config?: Shape;
  /**
   * What is wrong, by property and never by value: `enableKeyRotation is not true`. What is not known yet is not wrong.
   */
  problems(subject: Subject, config: RuleConfig<Shape>): string[] | Promise<string[]>;
  /** Mends the properties in place: a copy of them would store secrets in clear (facts/pulumi-components.md d). */
  remedy?(props: Record<string, unknown>, config: RuleConfig<Shape>): void;
}

/** A rule about one resource by itself: it is asked before the resource is made. */
export function resourceRule<Shape extends z.ZodRawShape = Record<never, never>>(
  rule: ResourceRule<Shape>,
): ResourceValidationPolicy & RuleDetails {
  const { types, remedy } = rule;
  const isAbout = (type: string) => types === "all" || types.includes(type);
  const reader = configReader(rule.name, rule.config ?? ({} as Shape));

  /** What is wrong with a resource and not exempt. */
  const violations = async (subject: Omit<Subject, "inputs">, props: object, given: object): Promise<string[]> => {
    const config = reader.read(given);
    const { holds, ended } = exemptionsFor(subject.urn, config.exemptions);
    if (holds) return [];
    let inputs: Values | undefined;
    const asked = {
      ...subject,
      // Rules about all types look at few of them.
      get inputs() {
        inputs ??= valuesOf(props);
        return inputs;
      },
    };
    const problems = await rule.problems(asked, config);
    return problems.map((problem) => message(rule, subject, problem, ended));
  };

  const validate: ResourceValidationPolicy["validateResource"] = async (args, report) => {
    if (!isAbout(args.type)) return;
    const subject = { type: args.type, name: args.name, urn: args.urn, isProtected: args.opts.protect };
    for (const text of await violations(subject, args.props, args.getConfig())) report(text);
  };
  const mended: ResourceValidationPolicy["remediateResource"] = async (args) => {
    if (!isAbout(args.type)) return undefined;
    const subject = { type: args.type, name: args.name, urn: args.urn, isProtected: args.opts.protect };
    if ((await violations(subject, args.props, args.getConfig())).length === 0) return undefined;
    remedy?.(args.props, reader.read(args.getConfig()));
    return args.props;
  };
  return {
    ...pulumiFacts(rule, reader),
    types,
    validateResource: onlyFor(types, validate),
    ...(remedy === undefined ? {} : { remediateResource: onlyFor(types, mended) }),
  };
}

export interface StackRule<Shape extends z.ZodRawShape> extends RuleFacts {
  /** What the rule is about, of one type best: then Pulumi doesn't unpack a stack without a resource of it. */
  about: "all" | string | readonly [string, ...string[]];
  config?: Shape;
  /** What is wrong, and with which resource. */
  problems(stack: Stack, config: RuleConfig<Shape>): Finding[] | Promise<Finding[]>;
}

export interface Finding {
  resource: StackResource;
  problem: string;
}

/** A rule about what resources are to each other: asked at the end of every preview, and so before anything is made. */
export function stackRule<Shape extends z.ZodRawShape = Record<never, never>>(
  rule: StackRule<Shape>,
): StackValidationPolicy & RuleDetails {
  const types = rule.about === "all" ? "all" : [rule.about].flat();
  const reader = configReader(rule.name, rule.config ?? ({} as Shape));
  return {
    ...pulumiFacts(rule, reader),
    types,
    validateStack: onlyFor(types, async (args, report: ReportViolation) => {
      const config = reader.read(args.getConfig());
      for (const { resource, problem } of await rule.problems(stackOf(args.resources), config)) {
        const { holds, ended } = exemptionsFor(resource.urn, config.exemptions);
        if (!holds) report(message(rule, resource, problem, ended), resource.urn);
      }
    }),
  };
}

function pulumiFacts<Shape extends z.ZodRawShape>(rule: RuleFacts, reader: ConfigReader<Shape>) {
  const { name, requires, severity, ids, mend, opinion } = rule;
  const requirements = requirementsOf(ids);
  const framework = pulumiFramework(requirements);
  return {
    name,
    description: requires,
    severity,
    enforcementLevel: recommendedLevel(rule),
    ...(framework === undefined ? {} : { framework }),
    tags: [...new Set(requirements.map(nameOf))],
    remediationSteps: mend,
    configSchema: reader.schema,
    facts: { name, requires, severity, ids, mend, ...(opinion === undefined ? {} : { opinion }) },
  };
}

function message(rule: RuleFacts, { type, name }: { type: string; name: string }, problem: string, ended: Exemption[]) {
  return [
    `${type} "${name}": ${problem}`,
    `To mend it: ${rule.mend}`,
    ...(rule.ids.length === 0 ? [] : [`Same check elsewhere: ${rule.ids.join(", ")}`]),
    ...ended.map(({ urn, until, reason }) => `The exemption of ${urn} ended on ${until}: ${reason}`),
  ].join("\n");
}

/**
 * With one type, Pulumi leaves a policy out before it unpacks a resource's properties. validateResourceOfType wants the
 * SDK's class for that; who uses one cloud must not need another's SDK.
 */
function onlyFor<Validation extends object>(types: "all" | readonly string[], validation: Validation): Validation {
  return types !== "all" && types.length === 1 ? Object.assign(validation, { __pulumiType: types[0] }) : validation;
}
