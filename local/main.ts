import { spawn } from "node:child_process";
import path from "node:path";
import { endLocalCloud, findLocalCloud, type LocalCloud, type Part, startLocalCloud } from "./cloud";

const usage = `usage: npm run local -- COMMAND

  start         start the local cloud; it stays up until it is stopped
  stop          end it and remove its state
  status        what runs, and what of it is real
  env           its environment, for a shell: eval "$(npm run --silent local -- env)"
  exec CMD...   run a command in its environment

VANTEDGE_LOCAL_CLOUD_DIRECTORY is where it lives (.local/cloud), VANTEDGE_LOCAL_ACCOUNT its AWS account.`;

const repository = path.join(__dirname, "..");
const directory = path.resolve(process.env.VANTEDGE_LOCAL_CLOUD_DIRECTORY || path.join(repository, ".local", "cloud"));
const accountId = process.env.VANTEDGE_LOCAL_ACCOUNT || "111122223333";

async function main([command, ...args]: string[]): Promise<number> {
  switch (command) {
    case "start":
      printStatus(await startLocalCloud({ directory, accountId, detached: true, log: console.log }));
      return 0;
    case "stop":
      await endLocalCloud(directory);
      return 0;
    case "status":
      printStatus(runningCloud());
      return 0;
    case "env":
      for (const [name, value] of Object.entries(runningCloud().env)) {
        console.log(value === undefined ? `unset ${name}` : `export ${name}=${quote(value)}`);
      }
      return 0;
    case "exec":
      return runInside(runningCloud(), args);
    default:
      console.error(usage);
      return 2;
  }
}

function runningCloud(): LocalCloud {
  const cloud = findLocalCloud(directory);
  if (cloud === undefined) throw new Error(`no local cloud runs in ${directory}: npm run local -- start`);
  return cloud;
}

function printStatus(cloud: LocalCloud): void {
  console.log(`local cloud in ${cloud.directory}, AWS account ${cloud.accountId}`);
  console.log(
    `  AWS API     ${cloud.endpoints.aws}\n  Kubernetes  ${cloud.endpoints.kubernetes}\n  requests    ${cloud.requestLog}\n  operator    ${cloud.operatorRequestLog}`,
  );
  for (const part of cloud.parts) console.log(`  ${describe(part)}`);
}

function describe({ what, real, version, why }: Part): string {
  return `${real ? "real" : version}: ${what}${real ? ` ${version}` : ""}${why ? ` (${why})` : ""}`;
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

function runInside(cloud: LocalCloud, [command, ...args]: string[]): Promise<number> {
  if (command === undefined) throw new Error("which command? npm run local -- exec CMD...");
  // Ctrl-C goes to the whole process group: the command decides what it means.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
  const child = spawn(command, args, { env: { ...process.env, ...cloud.env }, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
