import type { AppErrorCode } from "@ob/api";
import { expect } from "vitest";
import type { Answer } from "./caller.ts";
import { parsed } from "./trusted.ts";

/** A refusal as the public interface promises it: closed code, both texts, a request id, no stack. */
export function expectRefused(
  answer: Answer,
  expected: { code: AppErrorCode; status: number; field?: string | null },
): void {
  const { error, text } = answer;
  const told = { status: answer.status, code: error?.app.code, text };
  expect(told).toEqual({ status: expected.status, code: expected.code, text });
  expect(error?.httpStatus).toBe(expected.status);
  expectTexts(error?.app.message);
  expect(error?.requestId).toBe(answer.headers.get("x-request-id"));
  if (expected.field !== undefined) expect(error?.app.field).toBe(expected.field);
  expectNoStack(answer.text);
}

/** The same for routes that are not tRPC. */
export async function expectPlainRefusal(
  answer: Response,
  expected: { code: AppErrorCode; status: number },
): Promise<void> {
  const text = await answer.text();
  expect({ status: answer.status, text }).toEqual({ status: expected.status, text });
  const body = parsed<{ error: { message: unknown } }>(text);
  expect(body).toMatchObject({
    error: { code: expected.code, requestId: answer.headers.get("x-request-id") },
  });
  expectTexts(body.error.message);
  expectNoStack(text);
}

function expectTexts(message: unknown): void {
  expect(message).toEqual({
    th: expect.stringMatching(/[\u0E00-\u0E7F]{5}/),
    en: expect.stringMatching(/[A-Za-z]{3}.*\.$/s),
  });
}

function expectNoStack(text: string): void {
  expect(text).not.toMatch(/\bat .+\.(ts|js|mjs):\d+|node_modules|"stack"/);
}
