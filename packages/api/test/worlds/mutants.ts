/** One exact change of a real module: a rule of the lifecycle, broken. */
export interface Mutant {
  readonly name: string;
  /** Below `packages/api/src`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly rule: string;
  readonly broken: string;
}

const DRIVE = "services/jobs/drive";

/** Closes the attempt at hand, as somebody would who jumps to conclusions. */
const giveUp = (reason: string) =>
  `return endAttempt(ctx, state, { reason: "${reason}", retriable: true, countsAsTry: true,
    errorCode: "GPU_FAILED", message: null, retryAfterMs: 0 });`;

/** Every one of them must be caught by worlds. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: "an unanswered submit is sent again",
    file: `${DRIVE}/settle-submit.ts`,
    rule: `  const { from, to } = ATTEMPT_EVENTS.unanswered;\n`,
    broken: `  ${giveUp("refused")}\n  const { from, to } = ATTEMPT_EVENTS.unanswered;\n`,
  },
  {
    name: "the id a webhook names is trusted",
    file: `${DRIVE}/bind-webhook-job.ts`,
    rule: "  if (!isOurs(report, attempt.filePrefix)) return false;\n",
    broken: "",
  },
  {
    name: "an error of /status means dead",
    file: `${DRIVE}/reconcile-attempt.ts`,
    rule: "    return bearSilence(ctx, state, error);",
    broken: `    ${giveUp("failed")}`,
  },
  {
    name: "404 means gone, also while our key is refused",
    file: `${DRIVE}/reconcile-attempt.ts`,
    rule: "    return bearSilence(ctx, state, error);",
    broken: `    if (error.status === 404) ${giveUp("gone")}
    return bearSilence(ctx, state, error);`,
  },
  {
    name: "what another process may send is sent here too",
    file: `${DRIVE}/submit-attempt.ts`,
    rule: `    case "not-ready":\n      return MOVED;\n    case "intended":\n`,
    broken: `    case "not-ready":\n    case "intended":\n`,
  },
  {
    name: "an answer after the job's end is ignored",
    file: `${DRIVE}/settle-submit.ts`,
    rule: "  // The job has ended meanwhile: keep the id, so that the next step can cancel it at RunPod.\n",
    broken: "  return MOVED;\n",
  },
  {
    name: "an intent older than its window is dead",
    file: `${DRIVE}/close-attempt.ts`,
    rule: "  const { from, to } = ATTEMPT_EVENTS.unanswered;\n",
    broken: `  const state = { job, attempt, watched: false };
  ${giveUp("never-sent")}
  const { from, to } = ATTEMPT_EVENTS.unanswered;\n`,
  },
  {
    name: "an attempt is called dead before its TTL has passed",
    file: "domain/attempt-lifecycle.ts",
    rule: "sendWithinMs + httpTimeoutMs + ttlMs + marginMs)",
    broken: "sendWithinMs + httpTimeoutMs + marginMs)",
  },
  {
    name: "a result is stored whatever has become of its job",
    file: "domain/job-lifecycle.ts",
    rule: `  stored: { from: ["storing"],`,
    broken: `  stored: { from: ["storing", "done", "failed", "cancelled"],`,
  },
  {
    name: "a cancel does not look whether the run has completed",
    file: `${DRIVE}/reconcile-attempt.ts`,
    rule: "    report = await backend.report(attempt.runpodJobId, signal);",
    broken: `    report = unwanted
      ? { kind: "failed", failure: { status: "CANCELLED", cause: "cancelled", retriable: false, message: "" } }
      : await backend.report(attempt.runpodJobId, signal);`,
  },
  {
    name: "a try that dies forgets the wish to cancel",
    file: `${DRIVE}/end-attempt.ts`,
    rule: "const facts = { attempt: move, unlessCancelRequested: true as const, ...giveBack };",
    broken: "const facts = { attempt: move, ...giveBack };",
  },
  {
    name: "a job that gives up forgets the wish to cancel",
    file: `${DRIVE}/end-attempt.ts`,
    rule: "const facts = { attempt: move, errorCode, unlessCancelRequested: true as const };",
    broken: "const facts = { attempt: move, errorCode };",
  },
  {
    name: "the price is captured before the result is stored",
    file: `${DRIVE}/collect-result.ts`,
    rule: `  await Promise.all([
    ctx.store.put(result.objectKey, finished.png, result.contentType),
    ctx.store.put(result.previewKey, finished.preview, "image/webp"),
  ]);
  const stored = await ctx.store.head(result.objectKey);
  if (stored?.sha256 !== finished.sha256) {
    throw new Error("the store does not hold what was put");
  }
`,
    broken: `  void ctx.store.put(result.objectKey, finished.png, result.contentType).catch(() => {});
  void ctx.store.put(result.previewKey, finished.preview, "image/webp").catch(() => {});
`,
  },
  {
    name: "slots are counted, but not under the lock",
    file: `${DRIVE}/submit-attempt.ts`,
    rule: "    maxInFlight: settings.maxInFlight,\n",
    broken: "    maxInFlight: 1_000_000,\n",
  },
  {
    name: "a result that cannot be stored is never given up",
    file: `${DRIVE}/collect-result.ts`,
    rule: "  if (job.collectBy !== null && ctx.now() >= job.collectBy) {",
    broken: "  if (job.collectBy === null) {",
  },
  {
    name: "another attempt follows while the first is unknown",
    file: "domain/drive-step.ts",
    rule: "  if (r.now < patience && r.now >= r.attempt.deadAfter) return",
    broken: "  if (r.now < patience) return",
  },
  {
    name: "a run frozen in progress is waited for for ever",
    file: `${DRIVE}/apply-report.ts`,
    rule: "  if (now >= killedAt) {",
    broken: "  if (killedAt === null) {",
  },
  {
    name: "an unknown attempt of an ended job is never closed",
    file: "domain/drive-step.ts",
    rule: '      return now >= attempt.deadAfter\n        ? { kind: "expire" }\n        : { kind: "wait", dueAt: attempt.deadAfter };',
    broken: '      return { kind: "wait", dueAt: null };',
  },
];
