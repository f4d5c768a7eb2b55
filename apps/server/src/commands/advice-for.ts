import { ADVICE, EXCHANGE_CAUSES } from "@ob/runpod";

/** What a stored cause means and what to do about it; a code of another version is as good as unknown. */
export function adviceFor(cause: string): (typeof ADVICE)[keyof typeof ADVICE] {
  return ADVICE[EXCHANGE_CAUSES.find((known) => known === cause) ?? "unknown"];
}
