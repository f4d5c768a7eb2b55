import { z } from "zod";

import type { AttemptRequest, SubmitOptions, SubmitOutcome } from "../backend.ts";
import { GpuUnauthorized, GpuUnavailable, InconclusiveAnswer } from "../errors.ts";
import { failedBeforeSend } from "../failed-before-send.ts";
import { readFailedAnswer } from "../read-failed-answer.ts";
import { readJson } from "../read-json.ts";
import { refused, REFUSING_STATUSES } from "../refused.ts";
import { parseRetryAfter } from "../retry-after.ts";
import { sendToComfyui } from "./ask-comfyui.ts";
import { findPrompt } from "./find-prompt.ts";
import type { PromptFollower } from "./follow-prompts.ts";
import { lookAtQueue, type ComfyuiSide } from "./look-at-queue.ts";
import { promptIdOf } from "./prompt-id.ts";
import { writeMarks } from "./prompt-marks.ts";
import { uploadImages } from "./upload-images.ts";

/** Of a proxy, too, which lets no POST through. */
const REFUSING: ReadonlySet<number> = new Set([...REFUSING_STATUSES, 405]);

const MAX_ANSWER_BYTES = 256_000;

const PromptAnswer = z.object({ prompt_id: z.string() });

export interface SubmittingSide extends ComfyuiSide {
  follower: PromptFollower;
  clientId: string;
  /** File prefixes whose pictures are there already. */
  uploaded: Set<string>;
}

/**
 * Sends one attempt: its pictures first, which proves nothing and may be repeated, then one
 * `POST /prompt` under an id of our own. An answer that was lost is looked for by that id.
 */
export async function submitPrompt(
  side: SubmittingSide,
  attempt: AttemptRequest,
  options: SubmitOptions,
): Promise<SubmitOutcome> {
  if (options.signal.aborted) return NEVER_SENT;
  const promptId = promptIdOf(attempt.filePrefix);
  const hindrance = await prepareSubmit(side, { attempt, promptId }, options.signal);
  if (hindrance !== null) return hindrance;
  const outcome = await postPrompt(side, { attempt, promptId }, options);
  if (outcome.kind === "refused") {
    side.notes.markOver(promptId);
    side.follower.refresh();
  }
  return outcome;
}

interface Prompt {
  attempt: AttemptRequest;
  promptId: string;
}

const NEVER_SENT: SubmitOutcome = refused(null, "never sent");

/** Everything that may be repeated; what stops it is a refusal, for no prompt has been sent. */
async function prepareSubmit(
  side: SubmittingSide,
  { attempt, promptId }: Prompt,
  signal: AbortSignal,
): Promise<SubmitOutcome | null> {
  try {
    await uploadImages(side, attempt, signal);
    const queue = await lookAtQueue(side, "submit", signal);
    const isThere = [...queue.running, ...queue.pending].some(({ id }) => id === promptId);
    return isThere ? { kind: "accepted", runpodJobId: promptId } : null;
  } catch (error) {
    if (signal.aborted) return NEVER_SENT;
    if (error instanceof GpuUnauthorized) return refused(error.status, error.message);
    if (!(error instanceof GpuUnavailable)) throw error;
    const { status, message, retryAfterMs } = error;
    const says = status !== null && REFUSING.has(status) ? status : null;
    return refused(says, `Before the prompt: ${message}`, retryAfterMs);
  }
}

async function postPrompt(
  side: SubmittingSide,
  { attempt, promptId }: Prompt,
  options: SubmitOptions,
): Promise<SubmitOutcome> {
  const { server, notes, follower } = side;
  // The timer starts before the question below, so a paused process cannot send late unnoticed.
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(server.httpTimeoutMs)]);
  if (signal.aborted || options.onBeforeSend?.() === false) return NEVER_SENT;
  const submittedAtMs = server.now();
  notes.follow(promptId, { graph: attempt.graph, untilMs: submittedAtMs + attempt.ttlMs });
  follower.refresh();
  const { ttlMs, executionTimeoutMs } = attempt;
  const body = {
    prompt: attempt.graph,
    prompt_id: promptId,
    client_id: side.clientId,
    extra_data: writeMarks({ submittedAtMs, ttlMs, executionTimeoutMs }),
  };
  const request = {
    operation: "submit",
    method: "POST",
    path: "/prompt",
    body,
    filePrefix: attempt.filePrefix,
  } as const;
  try {
    const sent = await sendToComfyui(server, request, signal);
    return await classifyAnswer(side, sent, promptId);
  } catch (error) {
    if (failedBeforeSend(error)) return refused(null, "The connection could not be made.");
    return settle(side, promptId, error);
  }
}

async function classifyAnswer(
  side: SubmittingSide,
  { response, record }: Awaited<ReturnType<typeof sendToComfyui>>,
  promptId: string,
): Promise<SubmitOutcome> {
  const { status } = response;
  if (!response.ok) {
    await readFailedAnswer(response, record);
    record.failed();
    const message = `ComfyUI answered ${status} to /prompt.`;
    if (!REFUSING.has(status)) {
      return settle(side, promptId, new InconclusiveAnswer(message, status));
    }
    const retryAfter = parseRetryAfter(response.headers.get("retry-after"), side.server.now());
    return refused(status, message, retryAfter);
  }
  const answer = PromptAnswer.safeParse(await readJson(response, record, MAX_ANSWER_BYTES));
  const isOurs = answer.success && answer.data.prompt_id === promptId;
  if (record.check("schema", isOurs, "an object with our prompt_id is expected")) {
    return { kind: "accepted", runpodJobId: promptId };
  }
  record.failed();
  const message = "ComfyUI answered /prompt without our prompt id.";
  return settle(side, promptId, new InconclusiveAnswer(message, status));
}

/**
 * Asks whether a prompt whose answer was lost is there. That it is not proves nothing: it may still
 * be on its way, so the attempt stays unanswered.
 */
async function settle(
  side: SubmittingSide,
  promptId: string,
  cause: unknown,
): Promise<SubmitOutcome> {
  const budget = AbortSignal.timeout(side.server.httpTimeoutMs);
  const isThere = await findPrompt(side, promptId, budget).catch(() => false);
  return isThere ? { kind: "accepted", runpodJobId: promptId } : { kind: "unanswered", cause };
}
