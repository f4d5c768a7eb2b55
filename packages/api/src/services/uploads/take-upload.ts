import { rateTakeV1 } from "@ob/db";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
import { UPLOAD_LIMITS } from "./limits.ts";

/** Counts one new picture of the caller, however it comes. @throws {AppError} RATE_LIMITED */
export function takeUpload(ctx: CallerContext): Promise<void> {
  return take(ctx, { bucket: "uploads", limit: UPLOAD_LIMITS.createsPerMinute });
}

/** Counts one upload of the caller that is decoded. @throws {AppError} RATE_LIMITED */
export function takeFinish(ctx: CallerContext): Promise<void> {
  return take(ctx, { bucket: "finishes", limit: UPLOAD_LIMITS.finishesPerMinute });
}

async function take(
  { services, ownerId }: CallerContext,
  counted: { bucket: "uploads" | "finishes"; limit: number },
): Promise<void> {
  const now = services.now();
  const rate = await rateTakeV1(services.hints, { ...counted, ownerId, windowMs: 60_000, now });
  if (rate.allowed) return;
  throw new AppError("RATE_LIMITED", { retryAfterSeconds: Math.ceil(rate.retryAfterMs / 1000) });
}
