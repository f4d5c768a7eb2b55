import type { ExchangeCause } from "./exchange-cause.ts";

/** What one request to the GPU side was for. */
export type ExchangeOperation =
  | "submit"
  | "report"
  | "cancel"
  | "health"
  | "upload"
  | "download"
  | "follow";

/** Who answered: RunPod, the volume's S3, one ComfyUI, or a link's host that a worker named. */
export type ExchangePart = "endpoint" | "volume" | "comfyui" | "link";

/** One thing that was looked at, before sending or in the answer: "key present", "content type", "schema" … */
export interface ExchangeCheck {
  name: string;
  ok: boolean;
  /** What was found; never a secret. */
  detail: string;
}

/**
 * One exchange with the GPU side that failed, whole but for secrets, pictures and what people wrote:
 * those are replaced by what they were (`[picture, 123456 bytes]`, `[secret]`, `[text, 40 characters]`).
 */
export interface FailedExchange {
  backend: string;
  operation: ExchangeOperation;
  /** Identifies the attempt: the file prefix where a submit failed, else the job id of the other side. */
  filePrefix: string | null;
  runpodJobId: string | null;
  request: {
    method: string;
    /** Without credentials or signatures. */
    url: string;
    headers: Record<string, string>;
    /** The body as we meant it, before encoding; null = none. */
    body: unknown;
    /** The body as it was encoded: its length in bytes and its beginning, redacted; null = none. */
    encoded: { bytes: number; start: string } | null;
  };
  /** Null = there was no answer. */
  response: { status: number; headers: Record<string, string>; body: string } | null;
  /** What the network said; null = it was not at fault. */
  networkError: string | null;
  startedAt: Date;
  /** From the start to the head of the answer and to its end; null = not reached. */
  headMs: number | null;
  totalMs: number;
  checks: ExchangeCheck[];
  /** The likely cause; `ADVICE` says what it means and what to do. */
  cause: ExchangeCause;
}

/** Told of every failed exchange; must not throw. */
export type OnFailedExchange = (exchange: FailedExchange) => void;
