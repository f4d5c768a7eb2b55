import type { DriveContext } from "./drive-context.ts";
import type { AttemptRow } from "./drive-rows.ts";

const DISCARD_TIMEOUT_MS = 30_000;

/**
 * Lets the GPU side delete what an ended attempt left there: nobody's photo stays longer than it is
 * needed. Nobody waits for it; what is missed the sweep of leftovers finds.
 */
export function discardLeftovers(ctx: DriveContext, attempt: AttemptRow): void {
  const { backend } = ctx.gpus.side(attempt.backend);
  if (backend.discard === undefined) return;
  const { filePrefix, imageName, extraImageNames, maskName } = attempt;
  const imageNames = [imageName, ...extraImageNames, ...(maskName === null ? [] : [maskName])];
  backend
    .discard({ filePrefix, imageNames }, AbortSignal.timeout(DISCARD_TIMEOUT_MS))
    .catch((cause: unknown) =>
      ctx.log.warn("attempt.leftovers-kept", { attemptId: attempt.id, cause }),
    );
}
