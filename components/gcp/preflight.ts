import { InputError } from "../errors";

const soon = () => new InputError(["Google Cloud is not provisioned by this version yet: use aws"]);

export async function accessProblem(): Promise<string | undefined> {
  throw soon();
}
