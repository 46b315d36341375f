/** The region in an ARN. */
export function regionOf(arn: string): string | undefined {
  return arn.split(":")[3];
}

/** The account in an ARN. */
export function accountOf(arn: string): string | undefined {
  return arn.split(":")[4];
}
