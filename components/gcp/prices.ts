import type { Prices } from "../binding/staleness";

/**
 * $0.03 for 10,000 access operations: https://cloud.google.com/secret-manager/pricing. Stored versions cost besides, and
 * so do operations of a Cloud KMS key.
 */
export const prices: Prices = { tenThousandReads: 0.03, csiReads: "entries" };
