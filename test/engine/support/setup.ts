/** A run of the engine takes seconds; jest allows five for a test unless told. */
jest.setTimeout(300_000);

/** Test files share one cloud: what one leaves there on purpose, such as a secret in its recovery window, ends with it. */
beforeAll(async () => {
  const response = await fetch(`${process.env.AWS_ENDPOINT_URL}/moto-api/reset`, { method: "POST" });
  if (!response.ok) throw new Error(`moto-api/reset: ${response.status}`);
});
