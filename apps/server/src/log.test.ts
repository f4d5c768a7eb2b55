import { describe, expect, test } from "vitest";
import { createLog } from "./log.ts";

const SECRET = 's3cret/with+signs=and"quote';

function logged(event: string, fields: Record<string, unknown>): string {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  createLog({ level: "info", secrets: [SECRET, "rpa_0123456789"], destination }).info(
    event,
    fields,
  );
  return lines.join("");
}

describe("a log line", () => {
  test("is one JSON object with level, time and event", () => {
    const line = logged("job.done", { jobId: "j1" });
    expect(line.endsWith("}\n")).toBe(true);
    expect(JSON.parse(line)).toMatchObject({ level: "info", event: "job.done", jobId: "j1" });
  });

  test.each([
    ["plain in a message", { note: `key rpa_0123456789 refused` }],
    ["JSON-escaped", { note: SECRET }],
    ["URL-encoded", { note: `/x?k=${encodeURIComponent(SECRET)}` }],
    ["in an error's message", { cause: new Error(`bad ${SECRET}`) }],
    ["in the cause of a cause", { cause: new Error("a", { cause: new Error("rpa_0123456789") }) }],
    ["under a deep key", { a: { b: { c: ["rpa_0123456789"] } } }],
  ])("never shows a registered secret %s", (_name, fields) => {
    const line = logged("x", fields);
    expect(line).toContain("[redacted]");
    expect(line).not.toContain("rpa_0123456789");
    expect(line).not.toContain(SECRET);
    expect(line).not.toContain(encodeURIComponent(SECRET));
    expect(line).not.toContain(JSON.stringify(SECRET).slice(1, -1));
  });

  test.each([
    "authorization",
    "Cookie",
    "x-api-key",
    "password",
    "sessionToken",
    "promptEn",
    "url",
  ])("never shows what stands under the key %s", (key) => {
    const line = logged("x", { [key]: "unregistered", deep: { [key]: "unregistered" } });
    expect(line).not.toContain("unregistered");
  });

  test.each([
    "Authorization: Bearer abcdefgh.ijklmnop",
    "POST /webhooks/runpod/abcdefghijklmnop failed",
    "GET /files/1795344600.i.abcdefghijklmnopqrstuvwxyz0123456789abcdefg/assets/1",
    "postgres://ob:abcdefghijklmnop@127.0.0.1/ob",
  ])("never shows a secret that only has the shape of one: %s", (note) => {
    expect(logged("x", { note })).not.toMatch(/abcdefgh/);
  });

  test("does not carry what a database driver hangs on its errors", () => {
    const error = Object.assign(new Error("duplicate key"), {
      parameters: ["private"],
      code: "23505",
    });
    const line = logged("x", { cause: error });
    expect(line).toContain("23505");
    expect(line).not.toContain("private");
  });
});
