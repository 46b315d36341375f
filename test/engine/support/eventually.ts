import { setTimeout as sleep } from "node:timers/promises";

/** Asks until the expectation holds. When it doesn't in time, it fails as it did last. */
export async function eventually<T>(ask: () => Promise<T>, expectation: (answer: T) => void, seconds = 30): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    try {
      expectation(answer);
      return answer;
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(200);
    }
  }
}
