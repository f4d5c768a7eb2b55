/** Why a rewriter gave no text. */
export type RewriterTrouble =
  | "timeout"
  | "unreachable"
  | "status"
  | "too-large"
  | "malformed"
  /** Not asked, after trouble a moment ago. */
  | "paused";

/** A rewriter gave no text. Carries nothing of what was asked or answered. */
export class RewriterFailed extends Error {
  override readonly name = "RewriterFailed";
  readonly trouble: RewriterTrouble;
  /** HTTP status; null = none of its own came. */
  readonly status: number | null;

  constructor(trouble: RewriterTrouble, status: number | null = null) {
    super(status === null ? trouble : `${trouble} ${status}`);
    this.trouble = trouble;
    this.status = status;
  }
}
