import type { PolicyComplianceFramework } from "@pulumi/policy";

/** A requirement of a published framework that a rule answers to. */
export interface Requirement {
  framework: string;
  version: string;
  reference: string;
}

/** The numbers of the CIS Benchmarks stand among a rule's ids: `CIS AWS 7.0 4.6`. */
const cis = /^(?<framework>CIS (?:AWS|GCP|Kubernetes|Azure)) (?<version>\d[\d.]*) (?<reference>\d[\d.]*)$/;

export function requirementsOf(ids: readonly string[]): Requirement[] {
  return ids.flatMap((id) => {
    const found = cis.exec(id)?.groups as Requirement | undefined;
    return found === undefined ? [] : [{ ...found }];
  });
}

/** Pulumi takes one framework for a policy; all of them are among its tags. */
export function pulumiFramework(requirements: readonly Requirement[]): PolicyComplianceFramework | undefined {
  const [first] = requirements;
  return first && { name: first.framework, version: first.version, reference: first.reference, specification: "" };
}

export function nameOf({ framework, version, reference }: Requirement): string {
  return `${framework} ${version} ${reference}`;
}
