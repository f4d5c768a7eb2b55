import { describe, expect, test } from "vitest";

import { classifyFailure } from "./failure.ts";

const EXECUTION = "Workflow execution error: Node Type: KSampler, Node ID: 3, Message: ";

describe("a FAILED job", () => {
  test.each([
    ["Workflow validation failed:\n• Node 37 (errors): [{'type': 'value_not_in_list'}]"],
    ["Node 'Foo' not found. The custom node may not be installed. Raw response: {\"error\": {}}"],
    ['Prompt has no outputs. Raw response: {"error": {}, "node_errors": {}}'],
    ["Missing 'workflow' parameter"],
    ["Missing 'workflow_api' parameter"],
    ["'images' must be a list of objects with 'name' and 'image' keys"],
    ["Workflow validation failed:\n• Node 111 (errors): [{'details': 'CUDA out of memory'}]"],
  ])("refused by the checks is not worth another try: %s", (error) => {
    expect(classifyFailure("FAILED", { error })).toMatchObject({
      cause: "validation",
      retriable: false,
    });
  });

  test.each([
    `${EXECUTION}Allocation on device \nThis error means you ran out of memory on your GPU.`,
    `${EXECUTION}CUDA out of memory. Tried to allocate 2.00 GiB`,
    `${EXECUTION}torch.OutOfMemoryError`,
  ])("out of memory is found in the details: %s", (detail) => {
    const job = { error: "Job processing failed", output: { details: [detail] } };
    expect(classifyFailure("FAILED", job)).toMatchObject({
      cause: "out-of-memory",
      retriable: true,
    });
  });

  test.each([
    ["ComfyUI server (127.0.0.1:8188) not reachable after multiple retries."],
    ["WebSocket communication error: ComfyUI HTTP unreachable during websocket reconnect"],
    ["HTTP communication error with ComfyUI: timed out"],
    ["Failed to upload one or more input images"],
    ['{"error_type": "<class \'KeyError\'>", "error_message": "x", "hostname": "h"}'],
  ])("a worker in trouble is worth another try: %s", (error) => {
    expect(classifyFailure("FAILED", { error })).toMatchObject({
      cause: "worker",
      retriable: true,
    });
  });

  test("words nobody knows are unknown, and worth another try", () => {
    expect(classifyFailure("FAILED", { error: "?!" })).toEqual({
      status: "FAILED",
      cause: "unknown",
      retriable: true,
      message: "?!",
    });
  });

  test("without any words has an empty message", () => {
    expect(classifyFailure("FAILED", {}).message).toBe("");
  });
});

test("TIMED_OUT and CANCELLED are their own causes", () => {
  expect(classifyFailure("TIMED_OUT", { error: "out of memory" }).cause).toBe("timeout");
  expect(classifyFailure("CANCELLED", {})).toMatchObject({ cause: "cancelled", retriable: false });
});

test("the message is bounded and holds no picture", () => {
  const picture = "iVBORw0KGgo".repeat(100);
  const { message } = classifyFailure("FAILED", { error: `x ${picture} y ${"no ".repeat(2_000)}` });
  expect(message).toHaveLength(2_000);
  expect(message.startsWith("x [data] y no ")).toBe(true);
});
