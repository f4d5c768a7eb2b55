import { setTimeout as pause } from "node:timers/promises";

/** Asks until the answer is true. @throws {Error} naming `what` when it is not in time */
export async function waitUntil(
  what: string,
  o: { readonly withinMs: number; readonly isTrue: () => Promise<boolean> },
): Promise<void> {
  const untilMs = performance.now() + o.withinMs;
  while (!(await o.isTrue())) {
    if (performance.now() > untilMs) throw new Error(`not in time: ${what}`);
    await pause(20);
  }
}
