import { createContext, use } from "react";
import type { ServerClock } from "./server-clock.ts";

export const ClockContext = createContext<ServerClock | null>(null);

/** @throws {Error} outside the app's providers. */
export function useServerClock(): ServerClock {
  const clock = use(ClockContext);
  if (clock === null) throw new Error("no clock provider");
  return clock;
}
