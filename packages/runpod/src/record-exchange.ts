import { diagnose, type Symptoms } from "./diagnose.ts";
import type { ExchangeCause } from "./exchange-cause.ts";
import type {
  ExchangeCheck,
  ExchangeOperation,
  ExchangePart,
  FailedExchange,
  OnFailedExchange,
} from "./exchange.ts";
import { missingModelFiles } from "./missing-model-file.ts";
import { describeNetworkError, networkCodes } from "./network-error.ts";
import { HELD_BACK_HEADER } from "./rate-budget/rate-budget.ts";
import { parseJson } from "./read-body.ts";
import { redactAnswer } from "./redact-answer.ts";
import { redactBody, textOrPicture } from "./redact-body.ts";
import { redactEncoded } from "./redact-encoded.ts";
import { redactHeaders } from "./redact-headers.ts";
import { type KnownText, redactText } from "./redact-text.ts";
import { redactUrl } from "./redact-url.ts";

/** How much of an answer's body is kept, in characters. */
const MAX_RESPONSE_CHARS = 16_000;
/** How much of an answer is looked at for its cause; a picture inside it may be far longer. */
const MAX_READ_CHARS = 64_000;

export interface ExchangeRecorderOptions {
  /** The backend's name in rows, such as `runpod:<endpointId>`. */
  backend: string;
  /** Whom its requests go to. @default "endpoint" */
  part?: ExchangePart;
  /** Left out: nothing is recorded, and nothing is spent on it. */
  onFailedExchange?: OnFailedExchange | undefined;
  /** Epoch ms. */
  now: () => number;
  /** Keys and passwords of this backend: replaced wherever they appear. */
  secrets: readonly string[];
}

/** One request about to be made. */
export interface ExchangeRequest {
  operation: ExchangeOperation;
  /** Where this one goes elsewhere than the recorder's others. */
  part?: ExchangePart;
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  filePrefix?: string | null;
  runpodJobId?: string | null;
  /** As we meant it, before encoding: an attempt, a form. */
  body?: unknown;
  encodedBody?: string | Uint8Array | null;
}

/** How an exchange failed: by the network, or by what an answer said. */
export interface ExchangeFailure {
  /** Thrown by the request or while its answer was read. */
  error?: unknown;
  /** A job's end that the answer tells of. */
  jobStatus?: Symptoms["jobStatus"];
  /** Known without looking at the answer; else it is diagnosed. */
  cause?: ExchangeCause;
}

/** One exchange under way. Costs next to nothing until it fails. */
export interface ExchangeRecord {
  /** Notes what was looked at. @returns `ok` */
  check(name: string, ok: boolean, detail: string): boolean;
  /** The head of the answer has come. */
  answered(head: { status: number; headers: Headers }): void;
  /** The body has come, or as much of it as was read (`isCut`). */
  read(body: string | Uint8Array, options?: { isCut?: boolean }): void;
  /** Reports the exchange; at most once. */
  failed(failure?: ExchangeFailure): void;
}

export interface ExchangeRecorder {
  begin(request: ExchangeRequest): ExchangeRecord;
}

/** Makes what every backend reports its failed exchanges with; the only place that redacts them. */
export function exchangeRecorder(options: ExchangeRecorderOptions): ExchangeRecorder {
  const { onFailedExchange } = options;
  if (onFailedExchange === undefined) return { begin: () => SILENT };
  return { begin: (request) => beginRecord({ ...options, onFailedExchange }, request) };
}

const SILENT: ExchangeRecord = {
  check: (_name, ok) => ok,
  answered: () => undefined,
  read: () => undefined,
  failed: () => undefined,
};

interface Answer {
  status: number;
  headers: Headers;
  headMs: number;
}

function beginRecord(
  options: ExchangeRecorderOptions & { onFailedExchange: OnFailedExchange },
  request: ExchangeRequest,
): ExchangeRecord {
  const startedMs = options.now();
  const checks: ExchangeCheck[] = [];
  let answer: Answer | null = null;
  let body = "";
  let isBodyCut = false;
  let isReported = false;
  return {
    check(name, ok, detail) {
      checks.push({ name, ok, detail });
      return ok;
    },
    answered({ status, headers }) {
      answer = { status, headers, headMs: options.now() - startedMs };
    },
    read(read, { isCut = false } = {}) {
      const text = typeof read === "string" ? read : textOrPicture(read);
      isBodyCut = isCut || text.length > MAX_READ_CHARS;
      body = text.slice(0, MAX_READ_CHARS);
    },
    failed(failure = {}) {
      if (isReported) return;
      isReported = true;
      const seen = { answer, body, isBodyCut, startedMs, endedMs: options.now() };
      const told = toFailedExchange(options, request, { ...seen, checks, failure });
      options.onFailedExchange(told);
    },
  };
}

interface Seen {
  answer: Answer | null;
  body: string;
  isBodyCut: boolean;
  startedMs: number;
  endedMs: number;
  checks: readonly ExchangeCheck[];
  failure: ExchangeFailure;
}

function toFailedExchange(
  { backend, part = "endpoint", secrets }: ExchangeRecorderOptions,
  request: ExchangeRequest,
  seen: Seen,
): FailedExchange {
  const sent = redactBody(request.body);
  const hidden = secrets.map((text) => ({ text, instead: "[secret]" }));
  const known = [...hidden, ...sent.known];
  const { body = null, encodedBody = null } = request;
  const { answer, failure } = seen;
  const error = failure.error ?? null;
  return {
    backend,
    operation: request.operation,
    filePrefix: request.filePrefix ?? null,
    runpodJobId: request.runpodJobId ?? null,
    request: {
      method: request.method,
      url: redactText(redactUrl(request.url), known),
      headers: redactHeaders(Object.entries(request.headers), known),
      body: withoutKnown(sent.value ?? null, known),
      encoded:
        encodedBody === null
          ? null
          : redactEncoded(encodedBody, {
              known: body === null ? null : sent.known,
              secrets: hidden,
            }),
    },
    response:
      answer === null
        ? null
        : {
            status: answer.status,
            headers: redactHeaders(answer.headers, known),
            body: redactAnswer(seen.body, known, { isCut: seen.isBodyCut }).slice(
              0,
              MAX_RESPONSE_CHARS,
            ),
          },
    networkError: error === null ? null : redactText(describeNetworkError(error), known),
    startedAt: new Date(seen.startedMs),
    headMs: answer?.headMs ?? null,
    totalMs: seen.endedMs - seen.startedMs,
    checks: [...seen.checks, ...modelFileChecks(seen.body)].map((check) => ({
      ...check,
      detail: redactText(check.detail, known),
    })),
    cause: failure.cause ?? diagnose(toSymptoms({ part, ...request }, seen)),
  };
}

function toSymptoms(
  { operation, part }: Pick<Symptoms, "operation" | "part">,
  { answer, body, failure }: Seen,
): Symptoms {
  return {
    operation,
    part,
    status: answer?.status ?? null,
    contentType: answer?.headers.get("content-type") ?? null,
    text: body,
    network: failure.error === undefined ? [] : networkCodes(failure.error),
    jobStatus: failure.jobStatus ?? null,
    isHeldBack: answer?.headers.has(HELD_BACK_HEADER) ?? false,
  };
}

function modelFileChecks(body: string): ExchangeCheck[] {
  return missingModelFiles(body).map(({ file, folder, classType, nodeId }) => ({
    name: "model file",
    ok: false,
    detail: `${classType ?? "A loader"}${nodeId === null ? "" : ` (node ${nodeId})`} does not find ${file}: put it in ${folder}`,
  }));
}

/** Redacts once more by what is known to be secret: a key may stand where nobody expects one. */
function withoutKnown(value: unknown, known: readonly KnownText[]): unknown {
  return value === null ? null : parseJson(redactText(JSON.stringify(value), known));
}
