import type { PolicyComplianceFramework } from "@pulumi/policy";
import type { Mapping } from "./frameworks/mapping";
import { prowler } from "./frameworks/prowler";
import { securityHub } from "./frameworks/securityHub";

/** A requirement of a published framework that a rule answers to. */
export interface Requirement {
  framework: string;
  /** Empty where the published mapping names none. */
  version: string;
  reference: string;
}

/** The numbers of the CIS Benchmarks stand among a rule's ids: `CIS AWS 7.0 4.6`. */
const cis = /^(?<framework>CIS (?:AWS|GCP|Kubernetes|Azure)) (?<version>\d[\d.]*) (?<reference>\d[\d.]*)$/;

/** Who maps its checks to requirements, by the id of a check as a rule names it: `Prowler kms_cmk_rotation_enabled`. */
const published = new Map([...under("Prowler", prowler), ...under("Security Hub", securityHub)]);

function under(publisher: string, mappings: Readonly<Record<string, readonly Mapping[]>>) {
  return Object.entries(mappings).map(([check, all]): [string, readonly Mapping[]] => [`${publisher} ${check}`, all]);
}

/** Each once, the numbers that a rule gives itself first. */
export function requirementsOf(ids: readonly string[]): Requirement[] {
  const all = [...ids.flatMap(own), ...ids.flatMap(mapped)];
  return [...new Map(all.map((requirement) => [nameOf(requirement), requirement])).values()];
}

function own(id: string): Requirement[] {
  const found = cis.exec(id)?.groups as Requirement | undefined;
  return found === undefined ? [] : [{ ...found }];
}

function mapped(id: string): Requirement[] {
  return (published.get(id) ?? []).flatMap(({ framework, version, references }) =>
    references.map((reference) => ({ framework, version, reference })),
  );
}

/** Pulumi takes one framework for a policy; all of them are among its tags. */
export function pulumiFramework(requirements: readonly Requirement[]): PolicyComplianceFramework | undefined {
  const [first] = requirements;
  return first && { name: first.framework, version: first.version, reference: first.reference, specification: "" };
}

export function nameOf({ framework, version, reference }: Requirement): string {
  return [framework, version, reference].filter((part) => part !== "").join(" ");
}
