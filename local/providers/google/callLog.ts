import { appendFileSync } from "node:fs";

/** What is known of one call to the simulated API: never a body. */
export interface LoggedCall {
  time: string;
  /** For example `secretmanager.projects.secrets.addVersion`. */
  method: string;
  /** What the call is about: the resource, or the parent of what is created. Projects are by their ids. */
  name: string;
  /** The name of what the call created. */
  created?: string;
  status: number;
}

/** One line of JSON for each call. Without a file nothing is logged. */
export class CallLog {
  constructor(private readonly file: string | undefined) {}

  add(call: Omit<LoggedCall, "time">): void {
    if (this.file === undefined) return;
    appendFileSync(this.file, `${JSON.stringify({ time: new Date().toISOString(), ...call })}\n`);
  }
}
