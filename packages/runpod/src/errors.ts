/** The GPU side did not answer usefully; the same question may be asked again later. */
export class GpuUnavailable extends Error {
  override readonly name = "GpuUnavailable";
  /** HTTP status of the last answer; `null` when there was none. */
  readonly status: number | null;
  /** How long the other side asked us to wait, in ms; `null` when it did not say. */
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    facts: { status?: number | null; retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.status = facts.status ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** Our key or endpoint id is refused: an operator has to mend the configuration. */
export class GpuUnauthorized extends Error {
  override readonly name = "GpuUnauthorized";
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** An answer to `/run` that proves nothing: its status and type, never its body. */
export class InconclusiveAnswer extends Error {
  override readonly name = "InconclusiveAnswer";
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
