import type { InClusterReads } from "../backend";
import { InputError } from "../errors";

const soon = () => new InputError(["Google Cloud is not provisioned by this version yet: use aws"]);

export const gcpInCluster: InClusterReads = {
  store: () => {
    throw soon();
  },
  remote: () => {
    throw soon();
  },
  remoteVersion: () => {
    throw soon();
  },
  installCsi: "",
  providerClass: () => {
    throw soon();
  },
};
