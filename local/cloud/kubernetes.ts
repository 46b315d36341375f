import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import path from "node:path";
import { builtTool } from "./build";
import { freePorts, waitUntil } from "./ports";
import type { Daemons } from "./processes";
import type { Log } from "./progress";
import { goTools } from "./toolCache";

export interface KubernetesBinaries {
  etcd: string;
  apiserver: string;
  controllerManager: string;
}

/** No kubelet runs, so pods stay pending; these clean up what a deleted object leaves, and make Pods of workloads. */
const controllers = [
  "namespace-controller",
  "serviceaccount-controller",
  "garbage-collector-controller",
  "deployment-controller",
  "replicaset-controller",
  "statefulset-controller",
  "daemonset-controller",
  "job-controller",
  "cronjob-controller",
];

export async function prepareKubernetes(log: Log): Promise<KubernetesBinaries> {
  const [etcd, apiserver, controllerManager] = await Promise.all([
    builtTool(goTools.etcd, log),
    builtTool(goTools.kubeApiserver, log),
    builtTool(goTools.kubeControllerManager, log),
  ]);
  return { etcd, apiserver, controllerManager };
}

export interface RunningKubernetes {
  url: string;
  /** File for an administrator. */
  kubeconfig: string;
}

/** etcd, the API server with RBAC, and the controllers; ready when the default namespace has its ServiceAccount. */
export async function startKubernetes(
  daemons: Daemons,
  directory: string,
  binaries: KubernetesBinaries,
): Promise<RunningKubernetes> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const [etcdPort, etcdPeerPort, apiPort] = (await freePorts(3)) as [number, number, number];
  const etcdUrl = startEtcd(daemons, directory, binaries.etcd, etcdPort, etcdPeerPort);
  const token = randomBytes(24).toString("hex");
  const serviceAccountKeys = writeServiceAccountKeys(directory);
  const certificates = path.join(directory, "certificates");
  const url = `https://127.0.0.1:${apiPort}`;
  daemons.start({
    name: "kube-apiserver",
    command: binaries.apiserver,
    args: [
      `--etcd-servers=${etcdUrl}`,
      `--cert-dir=${certificates}`,
      "--bind-address=127.0.0.1",
      "--advertise-address=127.0.0.1",
      `--secure-port=${apiPort}`,
      // Loopback addresses may not be endpoints of the `kubernetes` Service, and nothing here uses it.
      "--endpoint-reconciler-type=none",
      `--service-account-key-file=${serviceAccountKeys.publicKey}`,
      `--service-account-signing-key-file=${serviceAccountKeys.privateKey}`,
      "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
      `--token-auth-file=${writeAdminToken(directory, token)}`,
      "--authorization-mode=RBAC",
      "--service-cluster-ip-range=10.0.0.0/24",
    ],
  });
  const serverCertificate = path.join(certificates, "apiserver.crt");
  const alive = () => {
    daemons.requireAlive("etcd");
    daemons.requireAlive("kube-apiserver");
  };
  const ask = (resource: string) => answersOk(url + resource, serverCertificate, token);
  await waitUntil("kube-apiserver", 60, () => ask("/readyz"), alive);

  const kubeconfig = writeKubeconfig(directory, url, serverCertificate, token);
  daemons.start({
    name: "kube-controller-manager",
    command: binaries.controllerManager,
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--controllers=${controllers.join(",")}`,
      "--use-service-account-credentials=false",
      `--service-account-private-key-file=${serviceAccountKeys.privateKey}`,
      "--leader-elect=false",
      "--secure-port=0",
    ],
  });
  const controllersWork = () => ask("/api/v1/namespaces/default/serviceaccounts/default");
  await waitUntil("kube-controller-manager", 60, controllersWork, () =>
    daemons.requireAlive("kube-controller-manager"),
  );
  return { url, kubeconfig };
}

function startEtcd(daemons: Daemons, directory: string, command: string, port: number, peerPort: number): string {
  const url = `http://127.0.0.1:${port}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  daemons.start({
    name: "etcd",
    command,
    args: [
      `--data-dir=${path.join(directory, "etcd")}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      "--log-level=warn",
      // The data lives as long as the cloud, so a crash of the machine loses nothing that is kept anyway.
      "--unsafe-no-fsync",
    ],
  });
  return url;
}

function writeServiceAccountKeys(directory: string): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return {
    publicKey: writePrivate(path.join(directory, "service-account.pub"), publicKey),
    privateKey: writePrivate(path.join(directory, "service-account.key"), privateKey),
  };
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file */
function writeAdminToken(directory: string, token: string): string {
  return writePrivate(path.join(directory, "tokens.csv"), `${token},admin,admin,"system:masters"\n`);
}

/** JSON is YAML. The API server signs its own certificate and writes it with its authority into one file. */
function writeKubeconfig(directory: string, server: string, certificateFile: string, token: string): string {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "local",
    clusters: [
      {
        name: "local",
        cluster: { server, "certificate-authority-data": readFileSync(certificateFile).toString("base64") },
      },
    ],
    users: [{ name: "admin", user: { token } }],
    contexts: [{ name: "local", context: { cluster: "local", user: "admin" } }],
  };
  return writePrivate(path.join(directory, "kubeconfig"), `${JSON.stringify(config, null, 2)}\n`);
}

function writePrivate(file: string, text: string): string {
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

function answersOk(url: string, certificateFile: string, token: string): Promise<boolean> {
  if (!existsSync(certificateFile)) return Promise.resolve(false);
  const options = { ca: readFileSync(certificateFile), headers: { authorization: `Bearer ${token}` }, agent: false };
  return new Promise((resolve, reject) => {
    get(url, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on("error", reject);
  });
}
