/**
 * Property values as the engine sends them: google.protobuf.Struct with envelopes for secrets and a sentinel for what
 * is not known yet. https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
import { specialSecretSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties, unknown, type Value } from "./provider";

type Sent = JavaScriptValue | undefined;

/** What one request says about secrets: which properties hold one, and the texts that no message may repeat. */
export class Secrets {
  readonly names = new Set<string>();
  private readonly texts = new Set<string>();

  /** Opens every envelope, and remembers which properties held one. */
  open(struct: Struct | undefined): Properties {
    return this.openEach(struct, (name) => this.names.add(name));
  }

  /** The same for old values: they say nothing about which of the new ones are secret. */
  openOld(struct: Struct | undefined): Properties {
    return this.openEach(struct, () => {});
  }

  /** Puts envelopes around the properties that held a secret, and around those named. */
  seal(properties: Properties, alsoSecret: Iterable<string> = []): Struct {
    const secret = new Set([...this.names, ...alsoSecret]);
    const sealed = Object.entries(properties).map(([name, value]): [string, JavaScriptValue] => {
      const sendable = toSent(value);
      const envelope = { [specialSigKey]: specialSecretSig, value: sendable };
      return [name, secret.has(name) && value !== unknown ? envelope : sendable];
    });
    return Struct.fromJavaScript(Object.fromEntries(sealed));
  }

  /** A message without the secrets of this request: a cloud may quote what it refuses. */
  censor(message: string): string {
    const longestFirst = [...this.texts].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
  }

  private openEach(struct: Struct | undefined, onSecret: (name: string) => void): Properties {
    const sent = Object.entries(struct?.toJavaScript() ?? {});
    return Object.fromEntries(sent.map(([name, value]) => [name, this.openValue(value, false, () => onSecret(name))]));
  }

  private openValue(sent: Sent, secret: boolean, onSecret: () => void): Value {
    if (sent === undefined || sent === null) return null;
    if (sent === unknownValue) return unknown;
    if (Array.isArray(sent)) return sent.map((item) => this.openValue(item, secret, onSecret));
    if (typeof sent === "object") {
      const object: { [name: string]: Sent } = { ...sent };
      if (object[specialSigKey] === specialSecretSig) {
        onSecret();
        return this.openValue(object.value, true, onSecret);
      }
      const entries = Object.entries(object);
      return Object.fromEntries(entries.map(([name, item]) => [name, this.openValue(item, secret, onSecret)]));
    }
    if (secret) this.remember(String(sent));
    return sent;
  }

  private remember(text: string): void {
    // Replacing "1" or "true" would only make messages unreadable.
    if (text.length < 4 || text === "true" || text === "false") return;
    this.texts.add(text);
    this.texts.add(JSON.stringify(text).slice(1, -1));
  }
}

function toSent(value: Value): JavaScriptValue {
  if (value === unknown) return unknownValue;
  if (Array.isArray(value)) return value.map(toSent);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toSent(item)]));
}

/** The engine's own settings of a provider: where its plugin comes from. */
const ofEngine = new Set(["version", "pluginDownloadURL", "__internal"]);

/** Provider configuration arrives as text: what is no string in the program is JSON. */
export function parseConfiguration(config: Properties): Properties {
  const own = Object.entries(config).filter(([name]) => !ofEngine.has(name));
  return Object.fromEntries(own.map(([name, value]) => [name, parseSetting(value)]));
}

function parseSetting(value: Value): Value {
  if (typeof value !== "string" || !/^(?:[[{].*[\]}]|true|false)$/s.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
