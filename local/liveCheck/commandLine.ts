import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { findOnPath } from "../cloud/toolCache";
import { environmentOf } from "./account";
import { drawName, drawValue } from "./site";
import { type Call, CannotTry, prepared } from "./tries";
import type { Actor, World } from "./world";

/** The commands that a workspace shows its members, word for word: first one, then the other. */
export const create: Call = async (_, world) => run(world.a.createCommand, newName(world), "a.member", world);
export const update: Call = async (_, world) => {
  const name = newName(world);
  await prepared(run(world.a.createCommand, name, "a.member", world));
  return run(world.a.updateCommand, name, "a.member", world);
};

function newName({ site, a }: World): string {
  const before = `vantedge/${a.name}/`;
  return drawName(site, before).slice(before.length);
}

async function run(command: string, name: string, actor: Actor, world: World): Promise<void> {
  if (findOnPath("aws") === undefined) throw new CannotTry("the AWS CLI (aws) is not on PATH");
  // The session's keys alone: a profile of the user would come before them.
  const { AWS_PROFILE: _, AWS_DEFAULT_PROFILE: __, ...inherited } = process.env;
  const env = { ...inherited, ...environmentOf(await world.credentialsOf(actor)) };
  // In a shell, and through a pipe of its own: Node.js gives a socket, which /dev/stdin can't open.
  const child = spawn("sh", ["-c", `cat | ${command.replaceAll("NAME", name)}`], {
    env,
    stdio: ["pipe", "ignore", "pipe"],
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  child.stdin.end(drawValue(world.site));
  const [code, errors] = await Promise.all([closed, text(child.stderr)]);
  if (code !== 0) throw failure(errors);
}

/** `An error occurred (NAME) when calling the ACTION operation: MESSAGE`, as the AWS CLI prints what AWS answers. */
function failure(errors: string): Error {
  const [, name, message] = /An error occurred \((\w+)\) when calling the \w+ operation: (.*)/s.exec(errors) ?? [];
  if (name === undefined) return new CannotTry(errors.trim().split("\n").at(-1));
  return Object.assign(new Error(message), { name, $fault: "client" });
}
