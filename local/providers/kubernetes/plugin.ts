/**
 * `pulumi-resource-kubernetes` of the local cloud: the engine starts one for each provider of a program, and reads its
 * port from the first line that it prints.
 */
import * as grpc from "@grpc/grpc-js";
import { endWithParent } from "../../endWithParent";
import { addProviders, messageLimits, type Session } from "../grpc";
import { KubernetesProvider } from "./provider";

const provider = new KubernetesProvider();
let session: Session | undefined;

const server = new grpc.Server(messageLimits);
addProviders(server, {
  open(_metadata, config) {
    const env = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    session = { provider, instance: { config, env: Object.fromEntries(env) } };
    return session;
  },
  find() {
    if (session === undefined) throw new Error("the Kubernetes provider has not been configured");
    return session;
  },
  packageName: () => "kubernetes",
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});

endWithParent();
