/** An error as Google's API answers it and Google's client prints it. */
export class GoogleError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(`googleapi: Error ${status}: ${message}`);
  }
}

export function invalid(message: string): GoogleError {
  return new GoogleError(400, message);
}

export function notFound(name: string): GoogleError {
  return new GoogleError(404, `[${name}] not found.`);
}

export function alreadyExists(name: string): GoogleError {
  return new GoogleError(409, `[${name}] already exists.`);
}
