import type { InClusterReads } from "../backend";
import { InputError } from "../errors";

export const installCsi = "";

export const providerClass: InClusterReads["providerClass"] = () => {
  throw new InputError(["delivery csi is not provisioned on Google Cloud by this version yet"]);
};
