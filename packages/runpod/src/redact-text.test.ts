import { describe, expect, test } from "vitest";

import { redactAnswer } from "./redact-answer.ts";
import { redactText } from "./redact-text.ts";

const THAI = "เปลี่ยนพื้นหลังเป็นทะเล";
const MIXED = "make ทะเล blue";
const pythonJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
const words = { isCut: true };

describe("what was written in Thai is described", () => {
  const once = pythonJson({ error: `bad: ${THAI}` });
  test.each([
    ["as itself", `bad: ${THAI}`],
    ["as Python's json.dumps escapes it", once],
    ["escaped in JSON inside JSON", JSON.stringify({ error: once })],
    ["escaped three times over", JSON.stringify(JSON.stringify({ error: once }))],
    ["in capitals", once.replaceAll(/\\u[0-9a-f]{4}/g, (it) => `\\u${it.slice(2).toUpperCase()}`)],
    [
      "as the repr of bytes",
      [...Buffer.from(THAI)].map((byte) => `\\x${byte.toString(16)}`).join(""),
    ],
    ["in a URL", `https://x.test/?q=${encodeURIComponent(THAI)}`],
  ])("%s", (_, text) => {
    const clean = redactText(text, []);
    expect(clean).toContain(`[text, ${THAI.length} characters]`);
    expect(clean).not.toMatch(/[\u0E00-\u0E7F]|u0e|xe0|%e0/i);
  });

  test("and a known text is found whole in those spellings, its English words with it", () => {
    const known = [{ text: MIXED, instead: "[text, 14 characters]" }];
    const escaped = pythonJson({ error: MIXED });
    for (const text of [escaped, JSON.stringify({ error: escaped })]) {
      const clean = redactText(text, known);
      expect(clean).toContain("[text, 14 characters]");
      expect(clean).not.toMatch(/make|blue/);
    }
  });
});

describe("what stands under a name that people write under is described", () => {
  test.each([
    ['{"prompt": ["a cat at sea", "a dog"], "seed": 7', "a list in a cut answer"],
    ["{'text': ['a cat at sea'], 'seed': 7}", "a list in Python's repr"],
    ["{'text': ('a cat at sea', 3), 'seed': 7}", "a tuple in Python's repr"],
    ['{"prompt": [["a cat at sea"]], "seed": 7', "a list in a list"],
    ['{"prompt": ["a cat at sea', "a list that is cut in its text"],
    [
      '{"error": "{\\"prompt\\": [\\"a cat at sea\\"], \\"seed\\": 7"',
      "a list in JSON inside JSON",
    ],
    ["{'value': 'a cat at sea', 'seed': 7}", "value"],
    ["{'string': 'a cat at sea', 'seed': 7}", "string"],
    ['{"negative": "a cat at sea", "seed": 7', "negative"],
    ['{"positive": "a cat at sea", "seed": 7', "positive"],
    [
      '"{\\"prompt\\": \\"say \\\\\\"hi\\\\\\" a cat at sea\\", \\"seed\\": 7',
      "quotes within quotes",
    ],
  ])("%s (%s)", (text) => {
    const clean = redactText(text, [], words);
    expect(clean).not.toMatch(/cat|dog|sea/);
    expect(clean).toMatch(/\[text, \d+ characters\]/);
    if (text.includes("seed")) expect(clean).toMatch(/seed(\\?["']): 7/);
  });

  test("and what is no text stays: links, numbers and names of other keys", () => {
    const text = `{"text": ["6", 0], "clip": ["38", 0], 'type': 'value_not_in_list', "prompt": {"6": {"class_type": "KSampler"`;
    expect(redactText(text, [], words)).toBe(text);
  });
});

describe("a worker's own secrets are not told", () => {
  const SECRET = "wJalrXUtnFEMI-K7MDENG";
  test.each([
    `AWS_SECRET_ACCESS_KEY=${SECRET}`,
    `export AWS_SESSION_TOKEN="${SECRET}"`,
    `BUCKET_SECRET_ACCESS_KEY: ${SECRET}`,
    `environ({'BUCKET_SECRET_ACCESS_KEY': '${SECRET}', 'HOME': '/root'})`,
    `{"s3Config": {"accessId": "${SECRET}", "accessSecret": "${SECRET}", "bucketName": "b"`,
    `{'s3Config': {'accessId': '${SECRET}', 'accessSecret': '${SECRET}'}}`,
    `{"error": "{\\"password\\": \\"${SECRET}\\"}"`,
    `HF_TOKEN=${SECRET}, PATH=/usr/bin`,
  ])("%s", (text) => {
    const clean = redactText(text, [], words);
    expect(clean).not.toContain("wJalr");
    expect(clean).toContain("[secret]");
  });

  test("also ids of temporary keys", () => {
    expect(redactText("ASIAIOSFODNN7EXAMPLE AKIAIOSFODNN7EXAMPLE", [])).toBe("[secret] [secret]");
  });

  test("nor in an answer that is whole", () => {
    const answer = {
      status: "FAILED",
      s3Config: { accessId: "plain-id-1", accessSecret: "plain-secret-1" },
      credentials: { id: "plain-id-2", token: 77_123 },
      error: "S3 refused plain-id-1",
    };
    expect(JSON.parse(redactAnswer(JSON.stringify(answer), [], { isCut: false }))).toEqual({
      status: "FAILED",
      s3Config: { accessId: "[secret]", accessSecret: "[secret]" },
      credentials: { id: "[secret]", token: "[secret]" },
      error: "S3 refused [secret]",
    });
  });
});

test("quotes and backslashes without end are looked through all the same", () => {
  for (const piece of [
    '"prompt": ["',
    '\\"text\\": \\',
    "'value': ('",
    "A_SECRET_",
    "\\\\\\\\",
    "%e0",
  ]) {
    expect(redactText(piece.repeat(60_000 / piece.length), [], words).length).toBeGreaterThan(0);
  }
});
