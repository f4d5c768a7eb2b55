/** The server's time, as far as its answers tell it; the device's own clock may be wrong. */
export interface ServerClock {
  /** Takes note of an answer that has just arrived. */
  note(response: Pick<Response, "headers">): void;
  /** Now at the server in ms since 1970; the device's own time until an answer has told it. */
  nowMs(): number;
}

/** @param deviceMs the device's clock. */
export function createServerClock(deviceMs: () => number): ServerClock {
  let aheadMs = 0;
  return {
    note: ({ headers }) => {
      const sentMs = Date.parse(headers.get("date") ?? "");
      // The header counts whole seconds; a smaller difference is none.
      if (Number.isNaN(sentMs)) return;
      const differenceMs = sentMs - deviceMs();
      aheadMs = Math.abs(differenceMs) < 2_000 ? 0 : differenceMs;
    },
    nowMs: () => deviceMs() + aheadMs,
  };
}
