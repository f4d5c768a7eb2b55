import type { ExchangeCause } from "./exchange-cause.ts";
import type { ExchangeOperation, ExchangePart } from "./exchange.ts";
import { missingModelFiles } from "./missing-model-file.ts";

/** What one exchange showed, not redacted: only codes leave `diagnose`. */
export interface Symptoms {
  operation: ExchangeOperation;
  part: ExchangePart;
  /** HTTP status; null = no answer. */
  status: number | null;
  /** Of the answer; null = none said. */
  contentType: string | null;
  /** What the other side wrote: the beginning of its answer, or a failed job's own words. */
  text: string;
  /** As `networkCodes` gives them; empty = the network was not at fault. */
  network: readonly string[];
  /** How the job ended, where the answer told of one. */
  jobStatus: "COMPLETED" | "FAILED" | "TIMED_OUT" | null;
  /** Whether our own rate budget answered, and nothing was sent. */
  isHeldBack: boolean;
}

type Sign = readonly [cause: ExchangeCause, matches: (symptoms: Symptoms) => boolean];

const says =
  (pattern: RegExp) =>
  ({ text }: Symptoms): boolean =>
    pattern.test(text);
const answers =
  (...statuses: number[]) =>
  ({ status }: Symptoms): boolean =>
    status !== null && statuses.includes(status);
const breaksWith =
  (pattern: RegExp) =>
  ({ network }: Symptoms): boolean =>
    network.some((code) => pattern.test(code));

const aboutJobs: ReadonlySet<ExchangeOperation> = new Set(["report", "cancel", "follow"]);

/** What the network said. A refused address comes first: it is our own doing. */
const NETWORK_SIGNS: readonly Sign[] = [
  ["address-refused", breaksWith(/^AddressRefused$/)],
  ["dns", breaksWith(/^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENODATA|ESERVFAIL)$/)],
  ["tls", breaksWith(/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|^ERR_(SSL|TLS)_|^EPROTO$/)],
  ["connection-refused", breaksWith(/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/)],
  ["timeout", breaksWith(/TIMEOUT|^TimeoutError$|^ETIMEDOUT$|^TooSlow$/)],
  ["picture-too-large", (it) => it.operation === "download" && breaksWith(/^BodyTooLarge$/)(it)],
  ["too-large", breaksWith(/^BodyTooLarge$/)],
  // A reset, a hang-up, a body cut off: the ways to say it are many.
  ["connection-lost", ({ network }) => network.length > 0],
];

/**
 * What worker-comfyui and ComfyUI say, most telling first: one text may hold several of these.
 * @see https://github.com/runpod-workers/worker-comfyui/blob/main/handler.py
 * @see https://github.com/comfyanonymous/ComfyUI/blob/master/execution.py `validate_prompt`
 */
const GRAPH_SIGNS: readonly Sign[] = [
  // Each handler misses the input that is meant for the other.
  ["handler-mismatch", says(/Missing 'workflow(_api)?' parameter/)],
  ["model-file-missing", ({ text }) => missingModelFiles(text).length > 0],
  [
    "node-class-missing",
    says(
      /missing_node_type|Cannot execute because node .{1,100} does not exist|Node '[^']{1,100}' not found/,
    ),
  ],
  ["input-file-missing", says(/Invalid (image|mask) file|\bimage: \\?'[^'\\]+\\?' not in \[/)],
  [
    "graph-refused",
    says(
      /Workflow validation failed|ComfyUI validation failed|prompt_outputs_failed_validation|prompt_no_outputs|no_prompt|invalid_prompt|Please provide input|Invalid JSON format in input|'images' must be a list|\. Raw response: \{/,
    ),
  ],
];
const RUN_SIGNS: readonly Sign[] = [
  ["out-of-memory", says(/out of memory|OutOfMemoryError|Allocation on device/i)],
  ["result-too-large", says(/Failed to return job results/)],
  [
    "comfyui-unreachable",
    says(
      /not reachable after|ComfyUI HTTP unreachable|WebSocket communication error|HTTP communication error with ComfyUI|Error queuing workflow|Failed to upload one or more/,
    ),
  ],
  ["nothing-drawn", says(/not found in history|No outputs found in history|success_no_images/)],
  ["execution-error", says(/Workflow execution error|execution_error|exception_message/)],
  ["worker-crashed", says(/error_type|error_traceback|An unexpected error occurred/)],
  ["execution-error", says(/Job processing failed/)],
];

const answersAt =
  (part: ExchangePart, ...statuses: number[]) =>
  (it: Symptoms): boolean =>
    it.part === part && answers(...statuses)(it);

/** What is mended elsewhere than at RunPod, and with other settings. */
const PART_SIGNS: readonly Sign[] = [
  ["held-back", ({ isHeldBack }) => isHeldBack],
  ["volume-refused", answersAt("volume", 401, 403)],
  [
    "volume-unknown",
    (it) =>
      answersAt("volume", 404)(it) &&
      (it.operation === "upload" || it.text.includes("<Code>NoSuchBucket</Code>")),
  ],
  ["link-refused", answersAt("link", 401, 403)],
  ["comfyui-refused", answersAt("comfyui", 401, 403)],
  // Of what ComfyUI is asked for, only a picture may be missing.
  ["comfyui-address", (it) => answersAt("comfyui", 404, 405)(it) && it.operation !== "download"],
];

/** The answer's status where its words did not say more. */
const STATUS_SIGNS: readonly Sign[] = [
  ["unauthorized", answers(401)],
  ["forbidden", answers(403)],
  ["job-unknown", (it) => answers(404)(it) && aboutJobs.has(it.operation)],
  ["picture-gone", (it) => answers(404, 410)(it) && it.operation === "download"],
  ["endpoint-unknown", answers(404, 405)],
  ["timeout", answers(408, 504)],
  ["too-large", answers(413)],
  ["rate-limited", answers(429)],
  ["redirect", ({ status }) => status !== null && status >= 300 && status < 400],
  ["overloaded", ({ status }) => status !== null && status >= 500],
  ["bad-request", ({ status }) => status !== null && status >= 400],
];

const ANSWER_SIGNS: readonly Sign[] = [
  [
    "html-answer",
    (it) => it.contentType?.includes("html") === true || /^\s*<(!doctype|html)/i.test(it.text),
  ],
  ["not-a-picture", (it) => answers(200)(it) && it.operation === "download"],
  ["execution-timeout", ({ jobStatus }) => jobStatus === "TIMED_OUT"],
  ["unknown", ({ jobStatus }) => jobStatus === "FAILED"],
  ["unexpected-output", ({ jobStatus }) => jobStatus === "COMPLETED"],
];

const UNREADABLE: Sign = [
  "unreadable-answer",
  ({ status }) => status !== null && status >= 200 && status < 300,
];

const SIGNS: readonly Sign[] = [
  ...NETWORK_SIGNS,
  ...PART_SIGNS,
  // A 401 is a 401 whatever stands in its body.
  ["unauthorized", answers(401)],
  ["forbidden", answers(403)],
  ["rate-limited", answers(429)],
  ...GRAPH_SIGNS,
  ...RUN_SIGNS,
  ...STATUS_SIGNS,
  ...ANSWER_SIGNS,
  UNREADABLE,
];

/** Names the likely cause of a failed exchange; the first sign that fits wins. */
export function diagnose(symptoms: Symptoms): ExchangeCause {
  return SIGNS.find(([, matches]) => matches(symptoms))?.[0] ?? "unknown";
}
