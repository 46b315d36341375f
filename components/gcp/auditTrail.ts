import type { AuditTrailParts, Fault } from "../backend";
import { InputError } from "../errors";

const soon = () => new InputError(["Google Cloud is not provisioned by this version yet: use aws"]);

export function auditTrailFaults(): Fault[] {
  throw soon();
}
export function createAuditTrail(): AuditTrailParts {
  throw soon();
}
