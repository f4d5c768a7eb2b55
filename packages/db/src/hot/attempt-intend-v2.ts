import { z } from "zod";
import type { SqlRunner } from "../client.ts";
import { jsonText } from "./json-text.ts";
import { answerReader } from "./read-answer.ts";

export interface AttemptIntend {
  attemptId: string;
  jobId: string;
  /** Slots of the job's backend. */
  maxInFlight: number;
  maxTries: number;
  variant: string;
  graphHash: string;
  filePrefix: string;
  imageName: string;
  /** Of "Picture 2" and on, in their order. */
  extraImageNames: readonly string[];
  maskName: string | null;
  tokenSha256: string;
  deadAfter: Date;
  /** The job's deadline from now on, if this is its first intent. */
  deadlineAt: Date;
  now: Date;
}

const AttemptIntendOutcome = z.discriminatedUnion("outcome", [
  /** Ours to send, once. `n` = 1 for the job's first attempt. */
  z.object({
    outcome: z.literal("intended"),
    ownerId: z.string(),
    seq: z.number().int(),
    n: z.number().int(),
  }),
  /** All slots of the backend are taken. */
  z.object({ outcome: z.literal("no-slot") }),
  /** Not queued, cancel wished, deadline passed, no try left, or an attempt not yet dead. */
  z.object({ outcome: z.literal("not-ready") }),
]);
export type AttemptIntendOutcome = z.infer<typeof AttemptIntendOutcome>;

const readOutcome = answerReader(AttemptIntendOutcome);

/** Takes a slot of the job's backend and writes the intent to send, or says why not. */
export async function attemptIntendV2(
  sql: SqlRunner,
  o: AttemptIntend,
): Promise<AttemptIntendOutcome> {
  const attempt = {
    id: o.attemptId,
    job_id: o.jobId,
    variant: o.variant,
    graph_hash: o.graphHash,
    file_prefix: o.filePrefix,
    image_name: o.imageName,
    extra_image_names: o.extraImageNames,
    mask_name: o.maskName,
    token_sha256: o.tokenSha256,
    dead_after: o.deadAfter,
  };
  const rows = await sql`
    select attempt_intend_v2(${jsonText(attempt)}::text::jsonb, ${o.maxInFlight}, ${o.maxTries},
      ${o.deadlineAt}, ${o.now}) as answer`;
  return readOutcome(rows);
}
