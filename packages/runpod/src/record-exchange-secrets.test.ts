import fc from "fast-check";
import { expect, inject, test } from "vitest";

import { type Answer, recordFailed } from "../test/support/record-failed.ts";
import { encodeRunBody } from "./submit.ts";

const token = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...Array.from(alphabet)), { minLength: length, maxLength: length })
    .map((letters) => letters.join(""));
const HEX = "0123456789abcdef";
const URL_SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
const WORDS = "abc defgh ijklm nop qrstu \"'\\{}[]:,ก ข ค ง";

const Planted = fc.record({
  apiKey: token(URL_SAFE, 40).map((rest) => `rpa_${rest}`),
  webhookToken: fc.oneof(token(URL_SAFE, 43), token(HEX, 64)),
  prompt: token(WORDS, 40),
  signature: token(HEX, 64),
  picture: fc.uint8Array({ minLength: 60, maxLength: 1_000, size: "max" }),
});
type Planted = typeof Planted extends fc.Arbitrary<infer T> ? T : never;

/** Every way in which the other side may hand back what it was given. */
function answersOf(planted: Planted, body: string): Answer[] {
  const { apiKey, webhookToken, prompt, signature } = planted;
  const webhook = `https://studio.test/webhooks/runpod/${webhookToken}`;
  const link = `https://b.test/p.png?X-Amz-Credential=AKIA&X-Amz-Signature=${signature}`;
  const base64 = Buffer.from(planted.picture).toString("base64");
  const echo = JSON.stringify({ status: "FAILED", webhook, error: prompt, ...JSON.parse(body) });
  const page = `<html>Bearer ${apiKey}<p>${prompt}</p>${webhook} ${link} ${base64}</html>`;
  const repr = `{'error': "bad", 'prompt': '${prompt.replaceAll("'", '"')}', 'key': '${apiKey}'}`;
  const nested = JSON.stringify({
    error: JSON.stringify({ error_message: `${prompt} ${apiKey}`, link }),
  });
  return [
    { status: 500, body: echo },
    { status: 502, body: page, headers: { "content-type": "text/html", "x-echo": apiKey } },
    { status: 400, body: repr },
    { status: 400, body: nested },
    {
      status: 200,
      body: JSON.stringify({ output: { image_url: link, images: [{ data: base64 }] } }),
    },
    { status: 302, body: "", headers: { location: link, "set-cookie": `session=${apiKey}` } },
    ...[0.2, 0.5, 0.8, 0.99].flatMap((share) => [
      { status: 500, body: page.slice(0, page.length * share), isCut: true },
      { status: 500, body: echo.slice(0, echo.length * share), isCut: true },
    ]),
  ];
}

interface Piece {
  length: number;
  step?: number;
}

/** Whether a text holds a run of `length` characters of a secret, looked for at every `step`. */
function holdsPieceOf(text: string, secret: string, { length, step = 1 }: Piece): boolean {
  for (let at = 0; at + length <= secret.length; at += step) {
    if (text.includes(secret.slice(at, at + length))) return true;
  }
  return false;
}

test("keys, tokens, signatures, pictures and what people wrote never survive, wherever they turn up", () => {
  let checked = 0;
  fc.assert(
    fc.property(Planted, (planted) => {
      const { apiKey, webhookToken, prompt, signature, picture } = planted;
      const attempt = {
        graph: {
          "6": {
            class_type: "TextEncodeQwenImageEditPlus",
            inputs: { prompt, clip: ["38", 0], note: prompt },
            _meta: { title: prompt },
          },
          "60": { class_type: "SaveImage", inputs: { filename_prefix: "ob-1", images: ["8", 0] } },
        },
        images: [{ name: "a.png", bytes: picture }],
        filePrefix: "ob-1",
        webhookUrl: `https://studio.test/webhooks/runpod/${webhookToken}`,
        executionTimeoutMs: 300_000,
        ttlMs: 600_000,
      };
      const body = encodeRunBody(attempt);
      const request = {
        url: `https://user:${apiKey}@api.runpod.ai/v2/ep1/run?token=${webhookToken}&X-Amz-Signature=${signature}`,
        headers: { authorization: `Bearer ${apiKey}`, "x-api-key": apiKey },
        body: attempt,
        encodedBody: body,
      };
      const secrets = [apiKey];
      const error = new Error(`connect failed for ${request.url} with ${apiKey}`, {
        cause: new Error(prompt),
      });
      const exchanges = [
        recordFailed(request, { secrets, failure: { error } }),
        ...answersOf(planted, body).map((answer) => recordFailed(request, { secrets, answer })),
      ];
      const base64 = Buffer.from(picture).toString("base64");
      for (const exchange of exchanges) {
        // A string may hold a prompt in JSON's spelling, and a record is kept as JSON.
        const told = JSON.stringify(exchange);
        const plain = told.replaceAll("\\\\", "\\").replaceAll('\\"', '"');
        for (const text of [told, plain]) {
          expect(holdsPieceOf(text, apiKey, { length: 12 })).toBe(false);
          expect(holdsPieceOf(text, webhookToken, { length: 12 })).toBe(false);
          expect(holdsPieceOf(text, signature, { length: 12 })).toBe(false);
          expect(holdsPieceOf(text, prompt, { length: 16 })).toBe(false);
          expect(holdsPieceOf(text, base64, { length: 60, step: 30 })).toBe(false);
        }
        checked += 1;
      }
    }),
    { numRuns: 50 * inject("rounds"), endOnFailure: true },
  );
  expect(checked).toBe(750 * inject("rounds"));
});
