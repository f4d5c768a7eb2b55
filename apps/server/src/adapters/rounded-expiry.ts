const HOUR_MS = 3_600_000;
const STEP_MS = 600_000;

/** An hour from now, rounded up to whole ten minutes: within them the same object has the same URL. */
export function roundedExpiry(now: Date): Date {
  return new Date(Math.ceil((now.getTime() + HOUR_MS) / STEP_MS) * STEP_MS);
}
