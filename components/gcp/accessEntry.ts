import { InputError } from "../errors";

const soon = () => new InputError(["Google Cloud is not provisioned by this version yet: use aws"]);

export function createAccessEntries(): void {
  throw soon();
}
