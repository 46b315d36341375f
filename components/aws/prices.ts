import type { Prices } from "../binding/staleness";

/**
 * Each read of a value is a call of Secrets Manager at $0.05, and with a key of one's own a call of KMS at $0.03, for
 * 10,000: https://aws.amazon.com/secrets-manager/pricing, https://aws.amazon.com/kms/pricing. Region by region the same,
 * but for GovCloud and China.
 */
export const prices: Prices = { tenThousandReads: 0.08, csiReads: "secrets" };
