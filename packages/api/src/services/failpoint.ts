/**
 * Moments between two steps at which a process may die. Each is named where it lies, so that tests
 * can end a process, or a simulated one, exactly there; in service nothing happens.
 */
export const FAILPOINTS = [
  /** A job and its hold are committed; the caller has no answer yet. */
  "job.created",
  /** An intent is committed; nothing was sent. */
  "attempt.intended",
  /** The request is about to leave. */
  "attempt.sending",
  /** The GPU side has answered the submit; the answer is not committed. */
  "attempt.answered",
  /** What the submit proved is committed. */
  "attempt.settled",
  /** The GPU side was asked about an attempt; its answer is not committed. */
  "report.read",
  /** The end of an attempt is committed; its result is not fetched. */
  "job.finished",
  /** A wish to cancel was carried to the GPU side; what came of it is not asked. */
  "cancel.sent",
  /** A finished result is about to be fetched, or fetched again. */
  "result.fetching",
  /** The pictures are fetched; nothing is stored. */
  "result.fetched",
  /** The result is in the store; its credits are not captured. */
  "result.stored",
  /** The credits are captured; nobody was told. */
  "job.captured",
  /** A webhook has come; its job is not woken. */
  "webhook.received",
  /** An event is read for an open stream; not all of its readers have it. */
  "stream.writing",
  /** The first bytes of an upload are written; the rest is on its way. */
  "upload.receiving",
  /** An upload's bytes are in the store; its row does not say so. */
  "upload.received",
] as const;

export type Failpoint = (typeof FAILPOINTS)[number];

/** Called at each of them. */
export type ReachFailpoint = (name: Failpoint) => void;
