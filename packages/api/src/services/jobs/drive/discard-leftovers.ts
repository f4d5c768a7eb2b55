import type { DriveContext } from "./drive-context.ts";
import type { AttemptRow } from "./drive-rows.ts";

const DISCARD_TIMEOUT_MS = 30_000;

/** An attempt by the names of what it may have left; `attemptId` null = it was never begun. */
export interface LeftBehind extends Pick<
  AttemptRow,
  "backend" | "filePrefix" | "imageName" | "extraImageNames" | "maskName"
> {
  readonly attemptId: string | null;
}

/**
 * Lets the GPU side delete what an attempt left there that has ended or was never begun: nobody's
 * photo stays longer than it is needed. Nobody waits for it; what is missed the hourly sweep finds,
 * where the backend can sweep. A ComfyUI server cannot: there it stays.
 */
export function discardLeftovers(ctx: DriveContext, attempt: LeftBehind): void {
  const { backend } = ctx.gpus.side(attempt.backend);
  if (backend.discard === undefined) return;
  const { filePrefix, imageName, extraImageNames, maskName } = attempt;
  const imageNames = [imageName, ...extraImageNames, ...(maskName === null ? [] : [maskName])];
  backend
    .discard({ filePrefix, imageNames }, AbortSignal.timeout(DISCARD_TIMEOUT_MS))
    .catch((cause: unknown) =>
      ctx.log.warn("attempt.leftovers-kept", { attemptId: attempt.attemptId, cause }),
    );
}
