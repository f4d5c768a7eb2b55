import { describe, expect, test } from "vitest";
import { EnvError } from "./boot/env-error.ts";
import { readEnv } from "./env.ts";

const LOCAL = {
  DATABASE_URL: "postgres://u:p@127.0.0.1:5432/ob",
  RUNPOD_BASE_URL: "http://127.0.0.1:4000/v2",
  RUNPOD_API_KEY: "key-of-the-simulator",
};
const PRODUCTION = {
  ...LOCAL,
  NODE_ENV: "production",
  PUBLIC_URL: "https://studio.example",
  AUTH_SECRET: "x".repeat(32),
  GPU_BACKEND: "runpod",
  RUNPOD_ENDPOINT_ID: "abc123",
  STORAGE: "files",
  PAYMENTS: "off",
  MAIL: "off",
};

function problemsOf(source: Record<string, string>): string {
  try {
    readEnv(source);
  } catch (thrown) {
    if (thrown instanceof EnvError) return thrown.message;
    throw thrown;
  }
  return "";
}

describe("the environment", () => {
  test("outside production everything has a default but what npm start gives", () => {
    const env = readEnv(LOCAL);
    expect(env).toMatchObject({
      production: false,
      port: 3000,
      host: "127.0.0.1",
      publicUrl: null,
      trustedProxyHops: 0,
      guestCredits: 20,
      guestGrantsPerHour: 20,
      gpu: {
        maxInFlight: 20,
        backends: [{ kind: "simulator", endpointId: "simulator" }],
        rules: [],
        whenDown: "refuse",
        rateShare: 1,
      },
      storage: { kind: "files" },
      payments: "simulated",
      mail: "outbox",
    });
  });

  test("a rewriter is there whole or not at all", () => {
    const url = { PROMPT_REWRITER_URL: "https://llm.example/v1" };
    const model = { PROMPT_REWRITER_MODEL: "small" };
    expect(readEnv(LOCAL).rewriter).toBeNull();
    expect(readEnv({ ...LOCAL, ...url, ...model }).rewriter).toEqual({
      baseUrl: "https://llm.example/v1",
      apiKey: null,
      model: "small",
    });
    const key = { PROMPT_REWRITER_API_KEY: "sk-0123456789" };
    expect(readEnv({ ...LOCAL, ...url, ...model, ...key }).rewriter?.apiKey).toBe("sk-0123456789");
    expect(problemsOf({ ...LOCAL, ...url })).toContain("PROMPT_REWRITER_MODEL");
    expect(problemsOf({ ...LOCAL, ...key })).toContain("PROMPT_REWRITER_URL");
    const told = problemsOf({
      ...LOCAL,
      ...model,
      PROMPT_REWRITER_URL: "https://u:hush@llm.example",
    });
    expect(told).toContain("PROMPT_REWRITER_URL");
    expect(told).not.toContain("hush");
  });

  test("an empty variable counts as absent", () => {
    expect(readEnv({ ...LOCAL, PORT: "", GUEST_CREDITS: "" })).toMatchObject({
      port: 3000,
      guestCredits: 20,
    });
  });

  test("how tests make a replica fail and hurry is read outside production only", () => {
    const given = { FAILPOINT: "result.stored:2", GPU_FIGURES: "leaseMs=4000,deadlineMs=60000" };
    expect(readEnv({ ...LOCAL, ...given })).toMatchObject({
      failpoint: { name: "result.stored", nth: 2 },
      gpuFigures: { leaseMs: 4_000, deadlineMs: 60_000 },
    });
    expect(readEnv(LOCAL)).toMatchObject({ failpoint: null, gpuFigures: {} });
    const problems = problemsOf({ ...PRODUCTION, ...given });
    for (const name of Object.keys(given)) expect(problems).toContain(`${name} is for tests only`);
    expect(problemsOf({ ...LOCAL, FAILPOINT: "nowhere:1" })).toContain("FAILPOINT is not valid");
    expect(problemsOf({ ...LOCAL, GPU_FIGURES: "leaseMs=now" })).toContain("GPU_FIGURES");
  });

  test("a complete production boots, without credits for guests unless said", () => {
    expect(readEnv(PRODUCTION)).toMatchObject({
      production: true,
      publicUrl: "https://studio.example",
      guestCredits: 0,
      gpu: {
        backends: [
          { kind: "runpod", baseUrl: "http://127.0.0.1:4000/v2", outputHosts: [], volume: null },
        ],
      },
    });
  });

  test("an empty production names everything it misses in one message", () => {
    const message = problemsOf({ NODE_ENV: "production" });
    for (const name of [
      "GPU_BACKEND",
      "STORAGE",
      "PAYMENTS",
      "MAIL",
      "PUBLIC_URL",
      "DATABASE_URL",
      "AUTH_SECRET",
    ]) {
      expect(message).toContain(`${name} is missing`);
    }
  });

  test.each([
    "GPU_BACKEND",
    "STORAGE",
    "PAYMENTS",
    "MAIL",
    "PUBLIC_URL",
    "DATABASE_URL",
    "AUTH_SECRET",
    "RUNPOD_API_KEY",
    "RUNPOD_ENDPOINT_ID",
  ])("production does not boot without %s", (name) => {
    const rest = Object.entries(PRODUCTION).filter(([key]) => key !== name);
    expect(problemsOf(Object.fromEntries(rest))).toContain(`${name} is missing`);
  });

  test.each([
    ["GPU_BACKEND", "simulator"],
    ["PAYMENTS", "simulated"],
    ["MAIL", "outbox"],
  ])("production refuses %s=%s", (name, value) => {
    expect(problemsOf({ ...PRODUCTION, [name]: value })).toContain(
      `${name}=${value} is for development`,
    );
  });

  test.each([
    ["PAYMENTS", "stripe"],
    ["MAIL", "smtp"],
    ["GOOGLE_CLIENT_ID", "1"],
    ["LINE_CLIENT_SECRET", "1"],
  ])("%s=%s does not exist yet, and says so instead of being ignored", (name, value) => {
    expect(problemsOf({ ...LOCAL, [name]: value })).toMatch(
      new RegExp(`${name}.*does not exist yet`),
    );
  });

  test.each([
    ["PORT", "70000"],
    ["PORT", "abc"],
    ["PUBLIC_URL", "ftp://x"],
    ["DATABASE_URL", "mysql://x"],
    ["GPU_MAX_IN_FLIGHT", "0"],
    ["GPU_WHEN_DOWN", "panic"],
    ["RUNPOD_HANDLER", "mine"],
    ["RUNPOD_RATE_SHARE", "0"],
    ["RUNPOD_RATE_SHARE", "1.5"],
    ["RUNPOD_OUTPUT_HOSTS", "https://pictures.example"],
    ["RUNPOD_OUTPUT_HOSTS", "*.com"],
    ["RUNPOD_OUTPUT_HOSTS", "127.0.0.1"],
    ["RUNPOD_VOLUME_REGION", "EUR IS/1"],
    ["COMFYUI_URL", "ws://gpu:8188"],
    ["S3_ENDPOINT", "s3://bucket"],
    ["S3_BUCKET", "a/b"],
    ["AUTH_SECRET", "short"],
    ["STORAGE", "tape"],
  ])("%s=%s is refused by name, without repeating the value's secret", (name, value) => {
    expect(problemsOf({ ...LOCAL, [name]: value })).toContain(`${name} is not valid`);
  });

  test.each([
    "postgres://u:hunter2secret@h:notaport/x",
    "postgres://u:hunter2secret100%@h/x",
    "postgres://u:hunter2secret@/%ff",
    "postgres://u%:hunter2secret@h/x",
    "postgres://u:hunter2secret@h:5432,h2:5432/x",
    "http://u:hunter2secret@h/x",
  ])("a DATABASE_URL that nobody can read is refused by name alone: %s", (value) => {
    const message = problemsOf({ ...LOCAL, DATABASE_URL: value });
    expect(message).toContain("DATABASE_URL is not valid");
    expect(message).not.toMatch(/hunter2|notaport/);
  });

  test("a password may be percent-encoded", () => {
    const databaseUrl = "postgres://u:p%25%40%2F@127.0.0.1:5432/ob";
    expect(readEnv({ ...LOCAL, DATABASE_URL: databaseUrl })).toMatchObject({ databaseUrl });
  });

  test("a secret that is refused is not in the message", () => {
    expect(problemsOf({ ...LOCAL, AUTH_SECRET: "hunter2-too-short" })).not.toContain("hunter2");
  });
});
