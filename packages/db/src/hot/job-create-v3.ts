import type { CanvasPlan } from "@ob/workflow/canvas";
import { z } from "zod";
import type { SqlRunner } from "../client.ts";
import type { StoredJobInput } from "../schema/jobs.ts";
import { jsonText } from "./json-text.ts";
import { answerReader } from "./read-answer.ts";

export interface JobCreate {
  jobId: string;
  ownerId: string;
  /** The caller's UUID; unique per owner. */
  requestId: string;
  /** SHA-256 (hex) of procedure and canonical input. */
  requestHash: string;
  service: string;
  serviceVersion: string;
  mode: string;
  backend: string;
  /** The price; held until the job ends. */
  credits: number;
  input: StoredJobInput;
  promptEn: string;
  plan: CanvasPlan;
  imageAssetId: string;
  /** "Picture 2" and on, in their order. */
  extraAssetIds: readonly string[];
  maskAssetId: string | null;
  /** The same owner's earlier job; null = not a retry. */
  retryOf: string | null;
  transferId: string;
  deadlineAt: Date;
  now: Date;
  /** The public `Job` to answer with; its `queuePosition` is filled in here. */
  response: object;
  /** Creations of the owner per window; repeats of a request are not counted. */
  rate: { limit: number; windowMs: number };
}

const JobCreateOutcome = z.discriminatedUnion("outcome", [
  /** `response` = JSON text of the answer, kept for replays; `seq` = the owner's event number. */
  z.object({ outcome: z.literal("created"), response: z.string(), seq: z.number().int() }),
  /** The same request came before; `response` = its first answer byte for byte, null once erased. */
  z.object({ outcome: z.literal("replayed"), response: z.string().nullable() }),
  /** The request id came before with another body. */
  z.object({ outcome: z.literal("reused") }),
  /** The owner has created as many as he may; `retryAfterMs` = until his window ends. */
  z.object({ outcome: z.literal("rate-limited"), retryAfterMs: z.number() }),
  z.object({ outcome: z.literal("insufficient"), available: z.number().int() }),
  /** The service version takes no new jobs any more. */
  z.object({ outcome: z.literal("withdrawn") }),
  /** A picture or mask is not there, erased, of the other kind, or somebody else's. */
  z.object({ outcome: z.literal("asset-missing") }),
]);
export type JobCreateOutcome = z.infer<typeof JobCreateOutcome>;

const readOutcome = answerReader(JobCreateOutcome);

/**
 * Counts the creation, creates a queued job and holds its price, in one statement and so one transaction. Concurrent
 * calls with one request id wait for each other; the later ones are replays.
 * @throws PostgresError foreign_key_violation when the owner does not exist.
 */
export async function jobCreateV3(sql: SqlRunner, o: JobCreate): Promise<JobCreateOutcome> {
  const job = {
    id: o.jobId,
    owner_id: o.ownerId,
    service: o.service,
    service_version: o.serviceVersion,
    mode: o.mode,
    backend: o.backend,
    credits: o.credits,
    input: o.input,
    prompt_en: o.promptEn,
    plan: o.plan,
    image_asset_id: o.imageAssetId,
    mask_asset_id: o.maskAssetId,
    retry_of: o.retryOf,
    deadline_at: o.deadlineAt,
  };
  const rows = await sql`
    select job_create_v3(${jsonText(job)}::text::jsonb, ${[...o.extraAssetIds]}::uuid[],
      ${o.requestId}, ${o.requestHash}, ${o.transferId}, ${jsonText(o.response)}::text::jsonb,
      ${o.rate.limit}, ${o.rate.windowMs}, ${o.now}) as answer`;
  return readOutcome(rows);
}
