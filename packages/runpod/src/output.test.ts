import { Buffer } from "node:buffer";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { readOutput } from "./output.ts";

const image = (data: string, type = "base64") => ({
  images: [{ filename: "p_00001_.png", type, data }],
});

describe("pictures", () => {
  test("come back byte for byte, with or without a data URI, old shape or new", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc.constantFrom("", "data:image/png;base64,"),
        (bytes, prefix) => {
          const data = prefix + Buffer.from(bytes).toString("base64");
          expect(readOutput(image(data))).toEqual({
            kind: "images",
            images: [{ filename: "p_00001_.png", bytes: Buffer.from(bytes) }],
          });
          expect(readOutput({ message: data, status: "success" })).toEqual({
            kind: "images",
            images: [{ filename: "", bytes: Buffer.from(bytes) }],
          });
        },
      ),
    );
  });

  test("count although errors stand beside them", () => {
    const output = { ...image("AQID"), errors: ["one node produced unhandled output keys"] };
    expect(readOutput(output).kind).toBe("images");
  });
});

test.each([
  ["no output", undefined],
  ["null", null],
  ["an empty text", ""],
  ["an empty object", {}],
  ["an empty list", []],
  ["success_no_images", { status: "success_no_images", images: [] }],
])("%s is nothing", (_, output) => {
  expect(readOutput(output)).toEqual({ kind: "nothing" });
});

test.each([
  ["text that is not base64", image("not base64!")],
  ["an empty picture", image("")],
  ["a cut-off picture", image("AQIDB")],
  ["base64 of the URL alphabet", image("_-_-")],
  ["a link", image("https://bucket.test/a.png", "s3_url")],
  ["an image without data", { images: [{ filename: "a", type: "base64" }] }],
  ["an old worker's error", { status: "error", message: "AQID" }],
  ["an error in the output", { error: "boom" }],
  ["a progress message", { type: "progress", value: 1, max: 4 }],
  ["a list of links", ["https://bucket.test/a.png"]],
])("%s is unreadable, with a short reason", (_, output) => {
  const reading = readOutput(output);
  expect(reading.kind).toBe("unreadable");
  expect(JSON.stringify(reading).length).toBeLessThan(300);
});

test("any JSON at all is a reading, never an exception", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(["images", "nothing", "unreadable"]).toContain(readOutput(value).kind);
    }),
  );
});
