import { idempotencyKeys } from "@ob/db";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Job } from "../../contract/job.ts";
import { AppError } from "../../domain/app-error.ts";
import type { CallerContext } from "../context.ts";

/** Looks for the first answer to a request id. Null = it is new. @throws {AppError} REQUEST_ID_REUSED, JOB_NOT_FOUND once erased */
export async function findKeptAnswer(
  ctx: CallerContext,
  { requestId, requestHash }: { requestId: string; requestHash: string },
): Promise<Job | null> {
  const rows = await ctx.services.db
    .select({ hash: idempotencyKeys.requestHash, response: idempotencyKeys.response })
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.ownerId, ctx.ownerId), eq(idempotencyKeys.requestId, requestId)));
  const kept = rows[0];
  if (kept === undefined) return null;
  if (kept.hash !== requestHash) throw new AppError("REQUEST_ID_REUSED", { field: "requestId" });
  return readKeptAnswer(kept.response);
}

/** The kept text as the job it was written from. @throws {AppError} JOB_NOT_FOUND when it was erased with its job */
export function readKeptAnswer(response: string | null): Job {
  if (response === null) throw new AppError("JOB_NOT_FOUND", { field: "requestId" });
  return KeptJob.parse(JSON.parse(response));
}

/**
 * Only our own creation writes these texts, from a `Job`, and the database keeps them unchanged; so
 * they are looked at, not taken apart: the answer must stay the same byte for byte.
 */
const KeptJob = z.custom<Job>((value) => Head.safeParse(value).success);
const Head = z.object({ id: z.uuid(), status: z.string(), input: z.object({ seed: z.number() }) });
