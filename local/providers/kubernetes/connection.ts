import { existsSync } from "node:fs";
import { type RequestOptions as HttpRequestOptions, request as httpRequest } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import os from "node:os";
import path from "node:path";
import type { Instance } from "../provider";

/** Loaded late: it takes half a second, and a program without Kubernetes should not pay for it. */
const loadClient = () => import("@kubernetes/client-node");
type KubeConfig = InstanceType<Awaited<ReturnType<typeof loadClient>>["KubeConfig"]>;

export interface ApiRequest {
  method: "GET" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string>;
  contentType?: string;
  body?: unknown;
}

/** An answer of the API server that is no success: its Status object. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    /** Kind of the object that the answer is about, in the plural: "namespaces". */
    readonly about: string | undefined,
  ) {
    super(message);
  }
}

/** Who can't be reached gives one line, not a stack of sockets. */
export class Unreachable extends Error {}

const secondsPerRequest = 60;

/**
 * One cluster as one user. @kubernetes/client-node reads the kubeconfig and authenticates; the requests are plain JSON,
 * because its KubernetesObjectApi drops fields that its models don't know, turns times into Dates, and puts names into
 * lower case.
 */
export class Connection {
  private readonly agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly config: KubeConfig,
    private readonly server: string,
    readonly namespace: string,
  ) {}

  static async open(instance: Instance): Promise<Connection> {
    const { KubeConfig } = await loadClient();
    const config = new KubeConfig();
    const { kubeconfig, context, cluster, namespace } = instance.config;
    try {
      loadKubeconfig(config, kubeconfig, instance.env);
    } catch (error) {
      throw new Error(`the kubeconfig can't be read: ${firstLine(error)}`);
    }
    if (typeof context === "string") config.setCurrentContext(context);
    const current = config.getContextObject(config.getCurrentContext());
    if (current === null) throw new Error(`the kubeconfig has no context "${config.getCurrentContext()}"`);
    if (typeof cluster === "string") {
      config.contexts = config.contexts.map((one) => (one.name === current.name ? { ...one, cluster } : one));
    }
    const server = config.getCurrentCluster()?.server;
    if (server === undefined)
      throw new Error(`the kubeconfig has no cluster "${typeof cluster === "string" ? cluster : current.cluster}"`);
    const ownNamespace = typeof namespace === "string" ? namespace : current.namespace;
    return new Connection(config, server.replace(/\/$/, ""), ownNamespace ?? "default");
  }

  /** Sends a request and returns the object of the answer. */
  async send<Answer>(request: ApiRequest): Promise<Answer> {
    const url = new URL(this.server + request.path);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const options: HttpRequestOptions & { headers: Record<string, string> } = {
      method: request.method,
      timeout: secondsPerRequest * 1000,
      headers: {
        accept: "application/json",
        ...(body !== undefined && {
          "content-type": request.contentType ?? "application/json",
          "content-length": String(Buffer.byteLength(body)),
        }),
      },
    };
    await this.config.applyToHTTPSOptions(options);
    const { status, text } = await this.exchange(url, options, body);
    const answer = parse(text);
    if (status < 400) return answer as Answer;
    throw apiError(status, answer, text);
  }

  private exchange(url: URL, options: HttpRequestOptions, body?: string): Promise<{ status: number; text: string }> {
    const isSecure = url.protocol === "https:";
    const transport = isSecure ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const outgoing = transport(
        url,
        isSecure ? { ...options, agent: options.agent ?? this.agent } : options,
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on("data", (chunk: Buffer) => chunks.push(chunk));
          answer.on("error", reject);
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        },
      );
      outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer in ${secondsPerRequest} s`)));
      outgoing.on("error", (error) =>
        reject(new Unreachable(`${this.describe()} can't be reached: ${firstLine(error)}`)),
      );
      outgoing.end(body);
    });
  }

  private describe(): string {
    return `the Kubernetes cluster at ${this.server} (context "${this.config.getCurrentContext()}")`;
  }
}

function loadKubeconfig(config: KubeConfig, given: Instance["config"][string] | undefined, env: Instance["env"]): void {
  // A kubeconfig in JSON has been parsed on its way here.
  const text = typeof given === "object" && given !== null ? JSON.stringify(given) : given;
  if (typeof text === "string" && text !== "") {
    // As pulumi-kubernetes does: the content, or a path.
    if (/[{\n]/.test(text)) config.loadFromString(text);
    else config.loadFromFile(text.replace(/^~(?=\/)/, os.homedir()));
    return;
  }
  const fromHome = path.join(env.HOME ?? os.homedir(), ".kube", "config");
  const files = (env.KUBECONFIG || fromHome).split(path.delimiter).filter((file) => file !== "" && existsSync(file));
  const [first, ...others] = files;
  if (first === undefined) {
    throw new Error(
      `${env.KUBECONFIG ? `KUBECONFIG names ${env.KUBECONFIG}, which does not exist` : `there is no ${fromHome}`}; set KUBECONFIG or kubernetes:kubeconfig`,
    );
  }
  config.loadFromFile(first);
  for (const file of others) {
    const next = Object.assign(Object.create(Object.getPrototypeOf(config)), { clusters: [], users: [], contexts: [] });
    (next as KubeConfig).loadFromFile(file);
    config.mergeConfig(next as KubeConfig);
  }
}

interface ApiStatus {
  message?: string;
  reason?: string;
  details?: { kind?: string };
}

function apiError(status: number, answer: unknown, text: string): ApiError {
  const { message, reason, details } = (answer ?? {}) as ApiStatus;
  const line = (message ?? (text || `HTTP status ${status}`)).replace(/\s*\n\s*/g, " ").trim();
  return new ApiError(status, reason ?? "", line, details?.kind);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstLine(error: unknown): string {
  // Node joins what it tried (IPv4, IPv6) into an error without a message.
  if (error instanceof AggregateError) return firstLine(error.errors[0]);
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
