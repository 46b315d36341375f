import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";

/** What every canary begins with. JSON, YAML and URLs leave it as it is, however they write what follows. */
const mark = "cAnaRy-7f3a9c";

/** A value that is known again wherever it comes out, and says which way it went in. */
export function canary(way: string): string {
  return `${mark}-${way}-ä"\t%+/ \${x}`;
}

/** Where a text shows a canary: as it is, in base64 or hexadecimal, or one of the given values by its SHA-256. */
export function canariesIn(text: string, values: string[]): string[] {
  const hashes = values.flatMap((value) =>
    (["hex", "base64"] as const).map((encoding) => createHash("sha256").update(value).digest(encoding)),
  );
  return [mark, ...[0, 1, 2].map(inBase64), Buffer.from(mark).toString("hex"), ...hashes].flatMap((needle) => {
    const at = text.indexOf(needle);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 100), at + needle.length + 60)];
  });
}

/** The mark's own part of the base64 of any text that has it after 3n + `before` bytes. */
function inBase64(before: number): string {
  const encoded = Buffer.from("-".repeat(before) + mark).toString("base64");
  return encoded.slice(Math.ceil((before * 4) / 3), Math.floor(((before + mark.length) * 4) / 3));
}

/** The content of every file below a folder by its path. */
export function filesBelow(folder: string, isLeftOut: (file: string) => boolean = () => false): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !isLeftOut(file));
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, "latin1")]));
}

/** Collects the arguments of all processes of this machine until it is stopped. */
export function watchArguments(): () => Promise<string> {
  const seen = new Set<string>();
  let goesOn = true;
  const watching = (async () => {
    while (goesOn) {
      const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "args"], { maxBuffer: 1e8 });
      for (const line of stdout.split("\n")) seen.add(line);
      await setTimeout(100);
    }
  })();
  return async () => {
    goesOn = false;
    await watching;
    return [...seen].join("\n");
  };
}
