import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { aws } from "./support/aws";
import { canary } from "./support/canary";
import { Project } from "./support/project";

/** The commands that a workspace prints for its members, as they type them. */
let project: Project;
let commands: { createCommand: string; updateCommand: string };
beforeAll(async () => {
  project = await Project.ofManifest(
    "commands",
    `organization: Acme
cloud: { aws: { region: us-east-1, accountId: "111122223333" } }
workspaces: [{ name: commands }]
`,
  );
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  const { resources } = await project.export();
  commands = resources.find(({ type }) => type === "vantedge-secrets:index:Workspace")?.outputs as typeof commands;
});
afterAll(() => project.end());

const named = (command: string, name: string) => command.replaceAll("NAME", name);
const value = async (name: string) =>
  (await aws("secretsmanager", "GetSecretValue", { SecretId: `vantedge/commands/${name}` })).SecretString;

/** With a value through a pipe of the shell's own: Node.js gives a socket, which /dev/stdin can't open. */
async function piped(shell: string, command: string, given: string): Promise<string> {
  const child = spawn(shell, ["-c", `cat | ${command}`], { stdio: ["pipe", "ignore", "pipe"] });
  child.stdin.end(given);
  return text(child.stderr);
}

/** Types keys at a terminal once the command waits, and prints all that was shown. */
const pty = `
import os, pty, sys
keys = sys.stdin.buffer.read()
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], [sys.argv[1], "-c", sys.argv[2]])
shown = b""
while True:
    try:
        part = os.read(terminal, 1000)
    except OSError:
        break
    if not part:
        break
    shown += part
    if keys and b"without Enter: " in shown:
        os.write(terminal, keys)
        keys = b""
os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
`;
async function typed(shell: string, command: string, keys: string): Promise<string> {
  const child = spawn("python3", ["-c", pty, shell, command], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(keys);
  return text(child.stdout);
}

describe.each(["sh", "bash"])("in %s", (shell) => {
  test("what is piped in is stored as it is, line breaks too, and nothing is said", async () => {
    const given = `${canary(shell)}\ntwo lines\n`;
    expect(await piped(shell, named(commands.createCommand, `${shell}-piped`), given)).toBe("");
    expect(await value(`${shell}-piped`)).toBe(given);
    expect(await piped(shell, named(commands.updateCommand, `${shell}-piped`), "new")).toBe("");
    expect(await value(`${shell}-piped`)).toBe("new");
  });

  test("at a terminal the command says how to end the value, which then has no line break", async () => {
    const twice = "\u0004\u0004";
    const created = await typed(shell, named(commands.createCommand, `${shell}-typed`), `sk-first${twice}`);
    expect(created).toMatch(/^Paste the value, then press Ctrl-D twice, without Enter: /);
    expect(await value(`${shell}-typed`)).toBe("sk-first");
    await typed(shell, named(commands.updateCommand, `${shell}-typed`), `sk-second${twice}`);
    expect(await value(`${shell}-typed`)).toBe("sk-second");
  });
});
