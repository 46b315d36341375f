/** A decision takes a millisecond or two, and a test here makes thousands. */
jest.setTimeout(900_000);
