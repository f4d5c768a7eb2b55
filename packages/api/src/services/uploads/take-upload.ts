import { rateTakeV1 } from "@ob/db";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";
import { UPLOAD_LIMITS } from "./limits.ts";

/** Counts one new picture of the caller, however it comes. @throws {AppError} RATE_LIMITED */
export async function takeUpload({ services, ownerId }: CallerContext): Promise<void> {
  const rate = await rateTakeV1(services.sql, {
    ownerId,
    bucket: "uploads",
    limit: UPLOAD_LIMITS.createsPerMinute,
    windowMs: 60_000,
    now: services.now(),
  });
  if (rate.allowed) return;
  throw new AppError("RATE_LIMITED", { retryAfterSeconds: Math.ceil(rate.retryAfterMs / 1000) });
}
