import { AppError } from "../../domain/app-error.ts";
import type { ServiceContext } from "../context.ts";

/**
 * Turns a new job away while the GPU backend it would go to is down, unless this service takes jobs
 * all the same and lets them wait. Asked before anything is held.
 * @throws {AppError} GPU_UNAVAILABLE, with the time after which asking again makes sense
 */
export function refuseWhileDown(
  { gpus, now }: Pick<ServiceContext, "gpus" | "now">,
  job: { readonly service: string; readonly mode: string },
): void {
  const { backend } = gpus.choose(job);
  if (gpus.whenDown === "hold" || !gpus.isDown(backend.name)) return;
  const waitMs = gpus.backAt(backend.name).getTime() - now().getTime();
  throw new AppError("GPU_UNAVAILABLE", {
    retryAfterSeconds: Math.max(MIN_RETRY_SECONDS, Math.ceil(waitMs / 1_000)),
  });
}

/** Sooner a probe is hardly back. */
const MIN_RETRY_SECONDS = 2;
