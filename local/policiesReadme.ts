/** `npm run policies:readme`: writes the table of rules into policies/README.md, from the rules themselves. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { notDecidable as ofAws } from "../policies/aws/notDecidable";
import { nameOf, requirementsOf } from "../policies/frameworks";
import { notDecidable as ofKubernetes } from "../policies/kubernetes/notDecidable";
import type { Rule } from "../policies/rule";
import { rules } from "../policies/rules";
import { table } from "./markdown";

export const readmeFile = path.join(__dirname, "..", "policies", "README.md");
const mark = "<!-- rules: npm run policies:readme writes what follows -->\n";

/** The README with the table as the rules are now. */
export function renderedReadme(): string {
  const committed = readFileSync(readmeFile, "utf8");
  const head = committed.slice(0, committed.indexOf(mark) + mark.length);
  return `${head}\n${tableOfRules()}\n## Published checks that no program can answer\n\n${tableOfOthers()}`;
}

function tableOfRules(): string {
  const rows = rules.map((rule) => {
    const { name, requires, severity, ids, opinion } = rule.facts;
    const frameworks = [...new Set(requirementsOf(ids).map(nameOf))];
    const elsewhere = [...new Set([...ids, ...frameworks])].join(", ");
    const what = opinion === undefined ? requires : `${requires}. *Advice: ${opinion}*`;
    return [`\`${name}\`${marksOf(rule)}`, what, severity, elsewhere];
  });
  return table(["rule", "requires", "severity", "elsewhere, and in frameworks"], rows);
}

function marksOf(rule: Rule): string {
  const marks = [
    ...("validateStack" in rule ? ["stack"] : []),
    ...("remediateResource" in rule ? ["remediate"] : []),
    ...Object.keys(rule.configSchema?.properties ?? {}).filter((key) => key !== "exemptions"),
  ];
  return marks.length === 0 ? "" : ` (${marks.join(", ")})`;
}

function tableOfOthers(): string {
  const rows = [...ofAws, ...ofKubernetes].map(({ title, reason, ids }) => [title, reason, ids.join(", ")]);
  return table(["check", "why not", "ids"], rows);
}

if (require.main === module) writeFileSync(readmeFile, renderedReadme());
