/** `npm run theorems:page`: writes the table of theorems into docs/access.md, from the theorems themselves. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import theorems from "../components/aws/policies/theorems.json";
import { table } from "./markdown";

export const theoremsFile = path.join(__dirname, "..", "docs", "access.md");
const [begin, end] = ["<!-- theorems: npm run theorems:page writes what follows -->\n", "<!-- end of theorems -->\n"];

interface Row {
  promise: string;
  who: string[];
  attached: string;
  layers: string;
  assumes?: string;
}

/** The page with the table as the theorems are now. */
export function renderedTheorems(): string {
  const committed = readFileSync(theoremsFile, "utf8");
  const head = committed.slice(0, committed.indexOf(begin) + begin.length);
  return `${head}\n${tableOfTheorems()}\n${committed.slice(committed.indexOf(end))}`;
}

function tableOfTheorems(): string {
  const rows = (theorems as Row[]).map(({ promise, who, attached, layers, assumes }) => [
    assumes === undefined
      ? promise
      : `${promise}. Taken for granted: ${assumes.charAt(0).toLowerCase()}${assumes.slice(1)}`,
    who.join(", "),
    attached === "anything" ? "whatever else is attached" : "as made",
    layers,
  ]);
  return table(["promise", "of whom", "where", "kept by"], rows);
}

if (require.main === module) writeFileSync(theoremsFile, renderedTheorems());
