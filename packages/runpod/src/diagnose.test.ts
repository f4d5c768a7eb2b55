import { expect, test } from "vitest";

import { nodeError, workerRefusal } from "../test/support/refused-node.ts";
import { diagnose, type Symptoms } from "./diagnose.ts";
import { EXCHANGE_CAUSES, type ExchangeCause } from "./exchange-cause.ts";

const NOTHING: Symptoms = {
  operation: "report",
  part: "endpoint",
  status: 200,
  contentType: "application/json",
  text: "",
  network: [],
  jobStatus: null,
  isHeldBack: false,
};

/** A failed job as `/status` tells of it: the SDK lifts `error` out of what the handler returned. */
function failedJob(error: string, details: readonly string[] | null = null): Partial<Symptoms> {
  const output = details === null ? {} : { output: { details } };
  return {
    jobStatus: "FAILED",
    text: JSON.stringify({ id: "a-e1", status: "FAILED", error, ...output }),
  };
}

/** A 400 of ComfyUI's own. */
function refusedPrompt(type: string, nodeErrors: object = {}): Partial<Symptoms> {
  return {
    operation: "submit",
    status: 400,
    text: JSON.stringify({
      error: { type, message: `the words for ${type}`, details: "", extra_info: {} },
      node_errors: nodeErrors,
    }),
  };
}

const CASES: readonly [ExchangeCause, string, Partial<Symptoms>][] = [
  ["dns", "a host name that does not exist", { status: null, network: ["TypeError", "ENOTFOUND"] }],
  ["dns", "a name service that does not answer", { status: null, network: ["EAI_AGAIN"] }],
  ["connection-refused", "a closed port", { status: null, network: ["TypeError", "ECONNREFUSED"] }],
  ["connection-lost", "a reset", { status: null, network: ["TypeError", "ECONNRESET"] }],
  ["connection-lost", "a hang-up", { status: null, network: ["UND_ERR_SOCKET", "SocketError"] }],
  ["connection-lost", "a body cut off", { network: ["HPE_INVALID_EOF_STATE"] }],
  ["tls", "an expired certificate", { status: null, network: ["CERT_HAS_EXPIRED"] }],
  ["tls", "a wrong name", { status: null, network: ["ERR_TLS_CERT_ALTNAME_INVALID"] }],
  ["timeout", "our own time-out", { status: null, network: ["TimeoutError"] }],
  ["timeout", "no headers in time", { status: null, network: ["UND_ERR_HEADERS_TIMEOUT"] }],
  ["timeout", "a trickle", { operation: "download", network: ["TooSlow"] }],
  ["timeout", "a gateway's 504", { status: 504, contentType: "text/html", text: "<html>" }],
  ["address-refused", "a private address", { status: null, network: ["AddressRefused"] }],
  ["too-large", "a body without end", { network: ["BodyTooLarge"] }],
  ["too-large", "413", { operation: "submit", status: 413 }],
  ["unauthorized", "401", { status: 401, text: "{}" }],
  ["unauthorized", "401 of a proxy that sends a page", { status: 401, contentType: "text/html" }],
  ["forbidden", "403", { status: 403 }],
  ["volume-refused", "401 of the volume", { part: "volume", operation: "upload", status: 401 }],
  ["volume-refused", "403 of the volume", { part: "volume", operation: "download", status: 403 }],
  ["volume-unknown", "404 to a PUT", { part: "volume", operation: "upload", status: 404 }],
  [
    "volume-unknown",
    "404 to a GET, in S3's words",
    {
      part: "volume",
      operation: "download",
      status: 404,
      text: "<Error><Code>NoSuchBucket</Code></Error>",
    },
  ],
  ["picture-gone", "another 404", { part: "volume", operation: "download", status: 404 }],
  ["link-refused", "an expired link", { part: "link", operation: "download", status: 403 }],
  ["comfyui-refused", "a proxy's 401", { part: "comfyui", operation: "submit", status: 401 }],
  ["comfyui-address", "404 of ComfyUI", { part: "comfyui", operation: "report", status: 404 }],
  ["picture-gone", "404 to /view", { part: "comfyui", operation: "download", status: 404 }],
  ["held-back", "a 429 of our own", { status: 429, isHeldBack: true }],
  ["picture-too-large", "a file without end", { operation: "download", network: ["BodyTooLarge"] }],
  ["endpoint-unknown", "404 to /run", { operation: "submit", status: 404 }],
  ["endpoint-unknown", "404 to /health", { operation: "health", status: 404 }],
  ["job-unknown", "404 to /status", { status: 404, text: '{"error":"job not found"}' }],
  ["job-unknown", "404 to /cancel", { operation: "cancel", status: 404 }],
  ["picture-gone", "404 of a bucket", { operation: "download", status: 404 }],
  ["rate-limited", "429", { status: 429 }],
  ["bad-request", "400", { operation: "submit", status: 400, text: '{"error":"bad request"}' }],
  ["bad-request", "422", { operation: "submit", status: 422 }],
  ["overloaded", "500", { status: 500 }],
  ["overloaded", "a gateway's 502", { status: 502, contentType: "text/html", text: "<html>" }],
  ["redirect", "302", { status: 302 }],
  ["html-answer", "a page with 200", { contentType: "text/html; charset=utf-8", text: "<h1>" }],
  ["html-answer", "a page that calls itself JSON", { text: "<!DOCTYPE html><html>" }],
  ["unreadable-answer", "truncated JSON", { text: '{"id":"a-e1","sta' }],
  ["unreadable-answer", "an answer without id", { operation: "submit", text: "{}" }],
  ["not-a-picture", "200 with text", { operation: "download", contentType: "text/plain" }],
  [
    "result-too-large",
    "the SDK's own words",
    { text: "Failed to return job results. | 400, message='Bad Request'" },
  ],
  ["execution-timeout", "TIMED_OUT", { jobStatus: "TIMED_OUT", text: '{"status":"TIMED_OUT"}' }],
  ["unexpected-output", "COMPLETED with something else", { jobStatus: "COMPLETED", text: "{}" }],
  ["unknown", "FAILED without a word", failedJob("")],
  ["unknown", "words nobody has seen yet", failedJob("Kittens in the fan")],

  // worker-comfyui's own words.
  [
    "comfyui-unreachable",
    "not reachable",
    failedJob("ComfyUI server (127.0.0.1:8188) not reachable after multiple retries."),
  ],
  [
    "comfyui-unreachable",
    "an upload that failed",
    failedJob("Failed to upload one or more input images", ["Error uploading a.png: timed out"]),
  ],
  ["comfyui-unreachable", "queueing", failedJob("Error queuing workflow: timed out")],
  [
    "comfyui-unreachable",
    "the websocket",
    failedJob("WebSocket communication error: ComfyUI HTTP unreachable during websocket reconnect"),
  ],
  [
    "comfyui-unreachable",
    "HTTP",
    failedJob("HTTP communication error with ComfyUI: Connection refused"),
  ],
  [
    "execution-error",
    "a node",
    failedJob("Job processing failed", [
      "Workflow execution error: Node Type: KSampler, Node ID: 3, Message: mat1 and mat2 shapes",
    ]),
  ],
  [
    "out-of-memory",
    "a node without memory",
    failedJob("Job processing failed", [
      "Workflow execution error: Node Type: KSampler, Node ID: 3, Message: Allocation on device \nThis error means you ran out of memory on your GPU.",
    ]),
  ],
  ["out-of-memory", "torch", failedJob("torch.OutOfMemoryError: CUDA out of memory.")],
  ["execution-error", "no details", failedJob("Job processing failed")],
  ["nothing-drawn", "no history", failedJob("Prompt ID 4f not found in history after execution.")],
  [
    "nothing-drawn",
    "no prompt",
    failedJob("Job processing failed, prompt ID not found in history."),
  ],
  ["worker-crashed", "its last except", failedJob("An unexpected error occurred: 'images'")],
  [
    "worker-crashed",
    "an uncaught exception",
    failedJob('{"error_type":"<class \'KeyError\'>","error_message":"x","error_traceback":"…"}'),
  ],
  ["graph-refused", "no input", failedJob("Please provide input")],
  ["graph-refused", "no JSON", failedJob("Invalid JSON format in input")],
  ["handler-mismatch", "no workflow", failedJob("Missing 'workflow' parameter")],
  ["handler-mismatch", "no workflow_api", failedJob("Missing 'workflow_api' parameter")],
  [
    "graph-refused",
    "images of another form",
    failedJob("'images' must be a list of objects with 'name' and 'image' keys"),
  ],
  [
    "graph-refused",
    "no outputs",
    failedJob(
      'Prompt has no outputs. Raw response: {"error": {"type": "prompt_no_outputs"}, "node_errors": {}}',
    ),
  ],
  [
    "node-class-missing",
    "a newer ComfyUI",
    failedJob(
      'Node \'TextEncodeQwenImageEditPlus\' not found. The custom node may not be installed.. Raw response: {"error": {"type": "missing_node_type"}}',
    ),
  ],
  [
    "node-class-missing",
    "ComfyUI up to 0.3.64",
    failedJob(
      'Cannot execute because node TextEncodeQwenImageEditPlus does not exist.. Raw response: {"error": {"type": "invalid_prompt"}}',
    ),
  ],
  [
    "model-file-missing",
    "through the worker",
    failedJob(workerRefusal("unet_name: 'qwen_image_edit.safetensors' not in []", "UNETLoader")),
  ],
  [
    "graph-refused",
    "another list",
    failedJob(workerRefusal("sampler_name: 'eule' not in (list of length 44)", "KSampler")),
  ],
  [
    "input-file-missing",
    "through the worker",
    failedJob(workerRefusal("image - Invalid image file: a.png", "LoadImage")),
  ],

  // ComfyUI itself, each class of its 400.
  ["graph-refused", "no_prompt", refusedPrompt("no_prompt")],
  ["node-class-missing", "missing_node_type", refusedPrompt("missing_node_type")],
  ["graph-refused", "prompt_no_outputs", refusedPrompt("prompt_no_outputs")],
  ["graph-refused", "invalid_prompt_id", refusedPrompt("invalid_prompt_id")],
  ...[
    "required_input_missing",
    "bad_linked_input",
    "return_type_mismatch",
    "invalid_input_type",
    "value_smaller_than_min",
    "value_bigger_than_max",
    "exception_during_validation",
    "exception_during_inner_validation",
    "dependency_cycle",
    "invalid_dynamic_input",
  ].map((type): [ExchangeCause, string, Partial<Symptoms>] => [
    "graph-refused",
    type,
    refusedPrompt("prompt_outputs_failed_validation", nodeError(type, "steps", "KSampler")),
  ]),
  [
    "model-file-missing",
    "value_not_in_list of a loader",
    refusedPrompt(
      "prompt_outputs_failed_validation",
      nodeError("value_not_in_list", "unet_name: 'x.safetensors' not in (list of length 21)"),
    ),
  ],
  [
    "graph-refused",
    "value_not_in_list of a sampler",
    refusedPrompt(
      "prompt_outputs_failed_validation",
      nodeError("value_not_in_list", "scheduler: 'x' not in ['simple']", "KSampler"),
    ),
  ],
  [
    "input-file-missing",
    "custom_validation_failed",
    refusedPrompt(
      "prompt_outputs_failed_validation",
      nodeError("custom_validation_failed", "image - Invalid image file: foo.png", "LoadImage"),
    ),
  ],
];

test.each(CASES)("%s: %s", (cause, _, symptoms) => {
  expect(diagnose({ ...NOTHING, ...symptoms })).toBe(cause);
});

test("every cause can be found", () => {
  expect(new Set(CASES.map(([cause]) => cause))).toEqual(new Set(EXCHANGE_CAUSES));
});
