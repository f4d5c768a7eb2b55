import type { PromptRewriter } from "@ob/workflow";
import { RewriterFailed } from "./rewriter-failed.ts";

/** Left alone this long after trouble, so that not every quote waits for what does not answer. */
const PAUSE_MS = 30_000;

/** The same rewriter, not asked for a while after it was out of reach, slow or overworked. */
export function pauseAfterTrouble(rewriter: PromptRewriter, now: () => Date): PromptRewriter {
  let pausedUntilMs = 0;
  return {
    async rewrite(request) {
      if (now().getTime() < pausedUntilMs) throw new RewriterFailed("paused");
      try {
        return await rewriter.rewrite(request);
      } catch (thrown) {
        if (thrown instanceof RewriterFailed && isLasting(thrown)) {
          pausedUntilMs = now().getTime() + PAUSE_MS;
        }
        throw thrown;
      }
    },
  };
}

/** Whether the next question would most likely fare no better. */
function isLasting({ trouble }: RewriterFailed): boolean {
  switch (trouble) {
    case "timeout":
    case "unreachable":
    case "status":
    case "paused":
      return true;
    case "too-large":
    case "malformed":
      return false;
  }
}
