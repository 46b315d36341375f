import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { endLocalCloud, findLocalCloud } from "../../../local/cloud";
import { Daemons } from "../../../local/cloud/processes";
import { RecordFile } from "../../../local/cloud/record";

/** A detached cloud of one process, and the copy that `cp -r` makes of its folder. */
let scratch: string;
let original: string;
let copy: string;
let daemons: Daemons;
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), "copied-clone-"));
  [original, copy] = [path.join(scratch, "original"), path.join(scratch, "copy")];
  mkdirSync(original);
  daemons = new Daemons(original);
  daemons.start({ name: "moto", command: "sleep", args: ["60"] });
  const endpoints = { aws: "http://127.0.0.1:1", kubernetes: "https://127.0.0.1:1" };
  const folders = { pathFolders: [], languageHosts: "", providers: "" };
  new RecordFile(original).create({
    accountId: "111122223333",
    running: { daemons: ["moto"], parts: [], endpoints, ...folders },
  });
  cpSync(original, copy, { recursive: true });
});
afterEach(async () => {
  await endLocalCloud(original);
  rmSync(scratch, { recursive: true });
});

test("a copied clone does not attach to the cloud of the original", () => {
  expect(findLocalCloud(original)).toMatchObject({ directory: original, startedHere: false });
  expect(findLocalCloud(copy)).toBeUndefined();
});

test("a stop in the copy ends nothing of the original, and leaves a folder to start in", async () => {
  await endLocalCloud(copy);
  expect(daemons.isAlive("moto")).toBe(true);
  expect(findLocalCloud(original)).toMatchObject({ directory: original });
  expect(["cloud.json", "run"].filter((name) => existsSync(path.join(copy, name)))).toEqual([]);
});

test("a folder by another path is the same folder", () => {
  const link = path.join(scratch, "link");
  symlinkSync(original, link);
  expect(findLocalCloud(link)).toMatchObject({ directory: link, startedHere: false });
});
