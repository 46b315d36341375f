import type * as pulumi from "@pulumi/pulumi";
import type { Home } from "./backend";
import { backendOf } from "./backends";
import { waitingUntil } from "./options";

/** Options for what is made only when its account or project has been asked, and is the right one. */
export function whenReachable(home: Home, options: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  return waitingUntil(options, backendOf(home.cloud).reachable(home, options));
}
