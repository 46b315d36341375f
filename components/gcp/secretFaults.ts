import type { Fault } from "../backend";
import { InputError } from "../errors";

const soon = () => new InputError(["Google Cloud is not provisioned by this version yet: use aws"]);

export function secretFaults(): Fault[] {
  throw soon();
}
