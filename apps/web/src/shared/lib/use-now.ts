import { useEffect, useState } from "react";

/** What `clock` says in ms, asked again every second. */
export function useNow(clock: { nowMs(): number }): number {
  const [nowMs, setNowMs] = useState(() => clock.nowMs());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(clock.nowMs()), 1_000);
    return () => clearInterval(timer);
  }, [clock]);
  return nowMs;
}
