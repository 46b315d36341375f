/** Tests here take milliseconds; on a busy machine with two cores one may wait longer than jest's five seconds. */
jest.setTimeout(30_000);
