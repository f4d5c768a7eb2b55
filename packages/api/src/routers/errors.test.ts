import { TRPCError } from "@trpc/server";
import { GpuUnauthorized, GpuUnavailable } from "@ob/runpod";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { APP_ERROR_CODES, AppError } from "../domain/app-error.ts";
import { formatError, httpStatusOf, refusalEnvelope, withMappedErrors } from "./errors.ts";
import { toTRPCError } from "./to-trpc-error.ts";

const ctx = { requestId: "request-1" };
const shape = (thrown: unknown) =>
  formatError({ error: toTRPCError(thrown), path: "jobs.get", ctx });

describe("an error on the wire", () => {
  test.each(APP_ERROR_CODES)(
    "%s keeps its code, says its texts and has a status of its own",
    (code) => {
      const told = shape(new AppError(code, { field: "input.mode", retryAfterSeconds: 7 }));
      expect(told.data.app).toEqual({
        code,
        message: { th: expect.stringMatching(/[\u0E00-\u0E7F]/), en: told.message },
        field: "input.mode",
        retryAfterSeconds: 7,
      });
      expect(told.data).toMatchObject({ path: "jobs.get", requestId: "request-1" });
      expect(told.data.httpStatus).toBe(httpStatusOf(code));
      expect(told.data.httpStatus).toBeGreaterThanOrEqual(400);
    },
  );

  test.each([
    ["AUTH_REQUIRED", 401],
    ["ORIGIN_REFUSED", 403],
    ["INSUFFICIENT_CREDITS", 402],
    ["REQUEST_ID_REUSED", 409],
    ["RATE_LIMITED", 429],
    ["GPU_UNAVAILABLE", 503],
    ["JOB_NOT_FOUND", 404],
  ] as const)("%s is HTTP %i, as the interface promises", (code, status) => {
    expect(httpStatusOf(code)).toBe(status);
  });

  test("what nobody foresaw is INTERNAL and tells nothing of itself", () => {
    const told = shape(new Error("password=hunter2 in /srv/app/secret.ts:12"));
    expect(told.data.app.code).toBe("INTERNAL");
    expect(JSON.stringify(told)).not.toMatch(/hunter2|secret\.ts|stack/);
  });

  test.each([
    new GpuUnauthorized("our key is refused", 401),
    new GpuUnavailable("no network", { status: 503 }),
  ])(
    "trouble of the GPU side is ours to mend: GPU_UNAVAILABLE, never the caller's 401",
    (thrown) => {
      expect(shape(thrown).data).toMatchObject({
        httpStatus: 503,
        app: { code: "GPU_UNAVAILABLE" },
      });
    },
  );

  test("a use case's refusal that tRPC has wrapped is still that refusal", () => {
    const wrapped = new TRPCError({
      code: "INTERNAL_SERVER_ERROR",
      cause: new AppError("JOB_NOT_FOUND"),
    });
    expect(shape(wrapped).data).toMatchObject({ httpStatus: 404, app: { code: "JOB_NOT_FOUND" } });
  });

  test.each([
    [
      z.object({ input: z.object({ seed: z.int().min(0) }) }),
      { input: { seed: -1 } },
      "input.seed",
    ],
    [z.strictObject({ a: z.string().optional() }), { extra: 1 }, "extra"],
    [z.string(), 5, null],
  ])("a malformed input names its field", (schema, input, field) => {
    const cause = schema.safeParse(input).error;
    const told = shape(new TRPCError({ code: "BAD_REQUEST", cause }));
    expect(told.data.app).toMatchObject({ code: "INPUT_INVALID", field });
  });

  test("a refusal before tRPC wears the same envelope", () => {
    const refusal = refusalEnvelope("INPUT_INVALID", {
      path: null,
      requestId: "r",
      httpStatus: 413,
    });
    expect(refusal.httpStatus).toBe(413);
    expect(refusal.body.error.data).toMatchObject({
      httpStatus: 413,
      requestId: "r",
      app: { code: "INPUT_INVALID" },
    });
  });
});

describe("inside a subscription", () => {
  async function thrownBy(thrown: unknown): Promise<unknown> {
    async function* source(): AsyncGenerator<number> {
      yield 1;
      throw thrown;
    }
    try {
      for await (const value of withMappedErrors(source())) expect(value).toBe(1);
    } catch (caught) {
      return caught;
    }
    return null;
  }

  test("a refusal is mapped like anywhere else", async () => {
    expect(await thrownBy(new AppError("JOB_NOT_FOUND"))).toMatchObject({ code: "NOT_FOUND" });
  });

  test("the client going away is no error", async () => {
    const abort = new DOMException("gone", "AbortError");
    expect(await thrownBy(abort)).toBe(abort);
  });
});
