/** A run of the engine takes seconds; jest allows five for a test unless told. */
jest.setTimeout(300_000);
