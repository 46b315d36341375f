/**
 * The local cloud's resource providers, all in one process that serves many engine runs:
 *   tsx local/providers/daemon.ts --listen 127.0.0.1:0 --address-file FILE
 * The engine reaches it through plugin.js, which says in the metadata of every call who is calling.
 */
import { renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { addProviders, messageLimits, type Session, type Sessions } from "./grpc";
import { Packages } from "./packages";

/** One session per plugin process, for as long as the daemon runs: the engine does not say when it is done. */
function sessionsOf(packages: Packages): Sessions {
  const sessions = new Map<string, Session>();
  const header = (metadata: grpc.Metadata, name: string): string => {
    const value = metadata.get(name)[0];
    if (value === undefined) throw new Error(`the call has no ${name}: reach the local providers through plugin.js`);
    return value.toString();
  };
  return {
    open(metadata, config) {
      const env = JSON.parse(header(metadata, "vantedge-environment-bin"));
      const session = { provider: packages.provider(header(metadata, "vantedge-provider")), instance: { config, env } };
      sessions.set(header(metadata, "vantedge-instance"), session);
      return session;
    },
    find(metadata) {
      const session = sessions.get(header(metadata, "vantedge-instance"));
      if (!session) throw new Error("the local provider was restarted during this run: run the command again");
      return session;
    },
    packageName: (metadata) => header(metadata, "vantedge-package"),
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { listen: { type: "string", default: "127.0.0.1:0" }, "address-file": { type: "string" } },
  });
  const packages = new Packages(process.env);
  const server = new grpc.Server(messageLimits);
  addProviders(server, sessionsOf(packages));
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure();
    server.bindAsync(values.listen, credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  const address = `${values.listen.slice(0, values.listen.lastIndexOf(":"))}:${port}`;
  const file = values["address-file"];
  if (file) {
    // Renamed into place: who waits for the file never reads half of it.
    writeFileSync(`${file}.tmp`, address);
    renameSync(`${file}.tmp`, file);
  }
  console.log(`local providers at ${address}: ${packages.description}`);

  const stop = async () => {
    server.forceShutdown();
    await packages.stop();
    process.exit(0);
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((error) => {
  console.error(`local providers: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});
