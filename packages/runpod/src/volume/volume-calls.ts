import { GpuUnauthorized, GpuUnavailable } from "../errors.ts";
import type { ExchangeOperation } from "../exchange.ts";
import { BodyTooLarge, readBytes } from "../read-body.ts";
import { readFailedAnswer } from "../read-failed-answer.ts";
import type { ExchangeRecord, ExchangeRecorder } from "../record-exchange.ts";
import { parseRetryAfter } from "../retry-after.ts";
import { type S3Call, type S3Credentials, type SignedCall, signRequest } from "./sign-request.ts";

/** A network volume and everything that is not ours (network, time, chance). */
export interface VolumeSide {
  /** `https://s3api-<data center>.runpod.io` */
  endpointUrl: string;
  /** The volume's id is the bucket's name. */
  id: string;
  credentials: S3Credentials;
  /** Budget of one call, retries and waits included, in ms. */
  httpTimeoutMs: number;
  fetch: typeof fetch;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  random: () => number;
  now: () => number;
  recorder: ExchangeRecorder;
}

export interface VolumeCall extends Omit<S3Call, "path"> {
  operation: ExchangeOperation;
  /** Null = the bucket itself. */
  key: string | null;
  filePrefix?: string;
  /** Bytes of the answer that are read at most. */
  maxBytes: number;
  /** How often a 404 is asked again: what a worker wrote may be seen a little later. @default 0 */
  missingTries?: number;
}

/** What one call brought back. */
export type VolumeAnswer =
  | { kind: "read"; bytes: Uint8Array }
  | { kind: "missing" }
  /** The answer is longer than `maxBytes`; nothing of it is kept. */
  | { kind: "too-large" };

/** RunPod's page asks for many tries: its volumes answer 502 now and then. */
const TRIES = 8;
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 3_000;

type Try =
  | { kind: "answered"; answer: VolumeAnswer }
  | { kind: "failed"; error: GpuUnavailable; again: boolean };

/**
 * Makes one call, repeated on 5xx, 429 and a broken connection until its budget is over. Every call is
 * safe to repeat: keys are random, and the same key always means the same bytes.
 * @throws {GpuUnavailable} when no try was answered
 * @throws {GpuUnauthorized} on 401 and 403, and where the volume itself is not there
 * @throws the signal's reason when the caller gave up
 */
export async function callVolume(
  side: VolumeSide,
  call: VolumeCall,
  signal: AbortSignal,
): Promise<VolumeAnswer> {
  const startedMs = side.now();
  const budget = AbortSignal.any([signal, AbortSignal.timeout(side.httpTimeoutMs)]);
  let missingLeft = call.missingTries ?? 0;
  for (let tried = 1; ; tried += 1) {
    const signed = signedCall(side, call);
    const record = beginRecord(side, call, signed);
    const outcome = await tryOnce(side, { call, signed, record }, budget);
    signal.throwIfAborted();
    const leftMs = side.httpTimeoutMs - (side.now() - startedMs);
    const waitMs =
      (outcome.kind === "failed" ? outcome.error.retryAfterMs : null) ?? backoffMs(side, tried);
    const mayWait = tried < TRIES && waitMs < leftMs && !budget.aborted;
    if (outcome.kind === "answered") {
      if (outcome.answer.kind !== "missing") return outcome.answer;
      if (missingLeft === 0 || !mayWait) {
        // Deleting or looking for what is not there is no failure.
        if (call.missingTries !== undefined) record.failed({ cause: "picture-gone" });
        return outcome.answer;
      }
      missingLeft -= 1;
    } else if (!outcome.again || !mayWait) throw outcome.error;
    await side.sleep(waitMs, signal);
  }
}

interface Trying {
  call: VolumeCall;
  signed: SignedCall;
  record: ExchangeRecord;
}

async function tryOnce(side: VolumeSide, trying: Trying, signal: AbortSignal): Promise<Try> {
  const { call, signed, record } = trying;
  try {
    const response = await side.fetch(signed.url, {
      method: call.method,
      headers: signed.headers,
      redirect: "manual",
      signal,
      ...(call.body === null ? {} : { body: new Uint8Array(call.body) }),
    });
    record.answered(response);
    if (response.ok) return await readAnswer(response, { call, record });
    const says = await readFailedAnswer(response, record);
    if (isWithoutVolume(call, response, says)) throw noVolume(side, record);
    return judgeStatus(side, response, record);
  } catch (error) {
    if (error instanceof GpuUnauthorized) throw error;
    // A call its caller gave up has not failed.
    if (!(error instanceof Error && error.name === "AbortError")) record.failed({ error });
    // Not announced, but as large: it is the same the next time.
    if (error instanceof BodyTooLarge) return { kind: "answered", answer: { kind: "too-large" } };
    const unavailable = new GpuUnavailable("The volume did not answer.", { cause: error });
    return { kind: "failed", error: unavailable, again: true };
  }
}

async function readAnswer(
  response: Response,
  { call, record }: { call: VolumeCall; record: ExchangeRecord },
): Promise<Try> {
  const announced = Number(response.headers.get("content-length") ?? "0");
  const isTooLarge = announced > call.maxBytes;
  if (!record.check("size", !isTooLarge, `${announced} bytes, ${call.maxBytes} are wanted`)) {
    await response.body?.cancel();
    record.failed({ cause: call.key === null ? "too-large" : "picture-too-large" });
    return { kind: "answered", answer: { kind: "too-large" } };
  }
  const bytes = await readBytes(response.body, call.maxBytes);
  return { kind: "answered", answer: { kind: "read", bytes } };
}

/** A file that is written and a listing can only miss the volume; of any other call S3 says which. */
function isWithoutVolume({ method, key }: VolumeCall, { status }: Response, says: string): boolean {
  if (status !== 404) return false;
  return method === "PUT" || key === null || says.includes("<Code>NoSuchBucket</Code>");
}

function noVolume({ id, credentials }: VolumeSide, record: ExchangeRecord): GpuUnauthorized {
  record.failed({ cause: "volume-unknown" });
  return new GpuUnauthorized(`404: there is no volume ${id} in ${credentials.region}.`, 404);
}

function judgeStatus(side: VolumeSide, response: Response, record: ExchangeRecord): Try {
  const { status } = response;
  if (status === 404) return { kind: "answered", answer: { kind: "missing" } };
  record.failed();
  if (status === 401 || status === 403) {
    const why = "the volume's S3 key is wrong, lacks rights, or our clock is off";
    throw new GpuUnauthorized(`The volume answered ${status}: ${why}.`, status);
  }
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), side.now());
  const error = new GpuUnavailable(`The volume answered ${status}.`, { status, retryAfterMs });
  return { kind: "failed", error, again: status === 429 || status >= 500 };
}

function signedCall(side: VolumeSide, call: VolumeCall): SignedCall {
  const path = call.key === null ? `/${side.id}` : `/${side.id}/${call.key}`;
  return signRequest(
    side.endpointUrl,
    { method: call.method, path, body: call.body, ...(call.query && { query: call.query }) },
    { credentials: side.credentials, at: new Date(side.now()) },
  );
}

function beginRecord(
  side: VolumeSide,
  call: VolumeCall,
  { url, headers }: SignedCall,
): ExchangeRecord {
  const record = side.recorder.begin({
    operation: call.operation,
    method: call.method,
    url,
    headers,
    body: call.body,
    filePrefix: call.filePrefix ?? null,
  });
  const { accessKeyId, secretAccessKey } = side.credentials;
  const hasKey = accessKeyId !== "" && secretAccessKey !== "";
  record.check("key present", hasKey, hasKey ? "an S3 key" : "the S3 key is empty");
  return record;
}

function backoffMs(side: VolumeSide, tried: number): number {
  const steadyMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tried - 1));
  return steadyMs * (0.5 + side.random());
}
