/**
 * Resolves with the reason once the process is asked to end: SIGTERM, SIGINT, or, with `stdin`, the
 * end of standard input, which the supervisor holds open as long as it lives. A second signal ends at once.
 */
export function stopSignal(options: { stdin: boolean }): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (asked) process.exit(1);
      asked = true;
      resolve(signal);
    };
    process.on("SIGTERM", onSignal);
    process.on("SIGINT", onSignal);
    if (!options.stdin) return;
    const onEnd = () => resolve("supervisor ended");
    process.stdin.on("end", onEnd).on("close", onEnd).on("error", onEnd);
    process.stdin.resume();
  });
}
