import { describe, expect, test } from "vitest";
import { readEnv } from "../env.ts";
import { EnvError } from "./env-error.ts";
import { secretsOf } from "./secrets-of.ts";

const LOCAL = { DATABASE_URL: "postgres://u:db-pass@127.0.0.1:5432/ob" };
const RUNPOD = { GPU_BACKEND: "runpod", RUNPOD_ENDPOINT_ID: "abc", RUNPOD_API_KEY: "rpa_key" };
const VOLUME = {
  RUNPOD_HANDLER: "volume-files",
  RUNPOD_VOLUME_ID: "vol1",
  RUNPOD_VOLUME_REGION: "EUR-IS-1",
  RUNPOD_VOLUME_ACCESS_KEY_ID: "user_1",
  RUNPOD_VOLUME_SECRET_ACCESS_KEY: "rps_secret",
};
const S3 = {
  STORAGE: "s3",
  S3_ENDPOINT: "https://minio.internal:9000",
  S3_REGION: "auto",
  S3_BUCKET: "pictures",
  S3_ACCESS_KEY_ID: "key-id",
  S3_SECRET_ACCESS_KEY: "s3-secret",
};
const PRODUCTION = {
  ...LOCAL,
  NODE_ENV: "production",
  PUBLIC_URL: "https://studio.example",
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  STORAGE: "files",
  PAYMENTS: "off",
  MAIL: "off",
};

function problemsOf(source: Record<string, string>): readonly string[] {
  try {
    readEnv(source);
  } catch (thrown) {
    if (thrown instanceof EnvError) return thrown.problems;
    throw thrown;
  }
  return [];
}

describe("GPU backends in the environment", () => {
  test("rules name further backends, each with its own variables; the default one comes first", () => {
    const { gpu } = readEnv({
      ...LOCAL,
      ...RUNPOD,
      COMFYUI_URL: "http://10.0.0.7:8188",
      GPU_RULES: "photo-restore=comfyui, qwen-image-edit:quality=runpod",
      RUNPOD_OUTPUT_HOSTS: "*.R2.cloudflarestorage.com, pictures.example.com",
      RUNPOD_RATE_SHARE: "0.5",
      GPU_WHEN_DOWN: "hold",
    });
    expect(gpu).toEqual({
      maxInFlight: 20,
      backends: [
        {
          kind: "runpod",
          baseUrl: "https://api.runpod.ai/v2",
          endpointId: "abc",
          apiKey: "rpa_key",
          outputHosts: ["*.r2.cloudflarestorage.com", "pictures.example.com"],
          volume: null,
        },
        { kind: "comfyui", url: "http://10.0.0.7:8188" },
      ],
      rules: [
        { service: "photo-restore", mode: null, kind: "comfyui" },
        { service: "qwen-image-edit", mode: "quality", kind: "runpod" },
      ],
      whenDown: "hold",
      rateShare: 0.5,
    });
  });

  test("a volume's endpoint is its region's, unless another is named", () => {
    const volumeOf = (more: Record<string, string>) => {
      const [first] = readEnv({ ...LOCAL, ...RUNPOD, ...VOLUME, ...more }).gpu.backends;
      return first.kind === "runpod" ? first.volume : null;
    };
    expect(volumeOf({})).toMatchObject({
      id: "vol1",
      region: "EUR-IS-1",
      endpointUrl: "https://s3api-eur-is-1.runpod.io",
    });
    const other = { RUNPOD_VOLUME_ENDPOINT_URL: "http://127.0.0.1:9000" };
    expect(volumeOf(other)?.endpointUrl).toBe("http://127.0.0.1:9000");
  });

  test.each([
    ["runpod", RUNPOD, ["RUNPOD_ENDPOINT_ID", "RUNPOD_API_KEY"]],
    [
      "a volume handler",
      { ...RUNPOD, ...VOLUME },
      Object.keys(VOLUME).filter((name) => name !== "RUNPOD_HANDLER"),
    ],
    ["comfyui", { GPU_BACKEND: "comfyui", COMFYUI_URL: "http://gpu:8188" }, ["COMFYUI_URL"]],
    ["an S3 store", { ...RUNPOD, ...S3 }, Object.keys(S3).filter((name) => name !== "STORAGE")],
  ])("%s is complete or says each variable it misses", (_what, complete, needed) => {
    const source: Record<string, string> = { ...PRODUCTION, ...complete };
    expect(problemsOf(source)).toEqual([]);
    for (const name of needed) {
      const rest = Object.fromEntries(Object.entries(source).filter(([key]) => key !== name));
      expect(problemsOf(rest)).toEqual([expect.stringMatching(new RegExp(`^${name} is missing`))]);
    }
  });

  test("one list names everything at once: missing, malformed, ruled, open and contradictory", () => {
    const told = problemsOf({
      NODE_ENV: "production",
      PORT: "abc",
      PUBLIC_URL: "http://studio.example",
      AUTH_SECRET: "change-me-change-me-change-me-change-me",
      GPU_BACKEND: "runpod",
      RUNPOD_HANDLER: "volume-files",
      GPU_RULES: "photo-restore=comfyui,qwen-image-edit=simulator",
      STORAGE: "s3",
      S3_ENDPOINT: "http://s3.example.com",
    }).join("\n");
    for (const expected of [
      "PORT is not valid",
      "PUBLIC_URL is http:// on a public host",
      "S3_ENDPOINT is http:// on a public host",
      "AUTH_SECRET is not valid: a placeholder",
      "GPU_RULES names the simulator, which is for development only",
      "GPU_BACKEND and GPU_RULES name simulator and runpod",
      "RUNPOD_API_KEY is missing",
      "RUNPOD_VOLUME_ID is missing",
      "COMFYUI_URL is missing (GPU_RULES names comfyui, which needs it)",
      "S3_BUCKET is missing (STORAGE=s3 needs it)",
      "DATABASE_URL is missing",
      "PAYMENTS is missing",
      "MAIL is missing",
    ]) {
      expect(told).toContain(expected);
    }
  });

  test.each([
    ["http://gpu.example.com:8188", true],
    ["http://8.8.8.8:8188", true],
    ["http://[2606:4700::1111]:8188", true],
    ["https://gpu.example.com", false],
    ["http://127.0.0.1:8188", false],
    ["http://[::1]:8188", false],
    ["http://[fd00::7]:8188", false],
    ["http://192.168.1.7:8188", false],
    ["http://100.100.1.2:8188", false],
    ["http://comfyui:8188", false],
    ["http://comfyui.gpu.svc.cluster.local:8188", false],
    ["http://local.example.com:8188", true],
  ])("production and COMFYUI_URL=%s: sent in the clear over the internet is %s", (url, isOpen) => {
    const told = problemsOf({ ...PRODUCTION, GPU_BACKEND: "comfyui", COMFYUI_URL: url });
    expect(told.some((problem) => problem.startsWith("COMFYUI_URL is http://"))).toBe(isOpen);
  });

  test.each([
    "photo-restore",
    "photo-restore=",
    "photo-restore=tape",
    "photo restore=comfyui",
    "photo-restore=comfyui,",
    "photo-restore=comfyui,photo-restore:fast=runpod",
    "a:b:c=comfyui",
  ])("a rule that cannot be read, or could never decide, is refused: %s", (rules) => {
    const told = problemsOf({ ...LOCAL, ...RUNPOD, COMFYUI_URL: "http://gpu", GPU_RULES: rules });
    expect(told.join()).toContain("GPU_RULES is not valid");
  });

  test("the simulator is no volume handler", () => {
    const told = problemsOf({
      ...LOCAL,
      ...VOLUME,
      RUNPOD_BASE_URL: "http://127.0.0.1:4000/v2",
      RUNPOD_API_KEY: "k",
    });
    expect(told.join()).toContain("RUNPOD_HANDLER=volume-files needs GPU_BACKEND=runpod");
  });

  test("a ComfyUI behind a proxy has its password in the URL, and the log knows it", () => {
    const COMFYUI_URL = "https://me:p%40ss-of-the-proxy@gpu.example.com";
    const env = readEnv({ ...LOCAL, GPU_BACKEND: "comfyui", COMFYUI_URL });
    expect(secretsOf(env, "auth")).toContain("p@ss-of-the-proxy");
  });

  test("every secret is known to the log, and none is ever told", () => {
    const source = { ...LOCAL, ...RUNPOD, ...VOLUME, ...S3 };
    const secrets = ["rpa_key", "rps_secret", "s3-secret", "db-pass"];
    expect(secretsOf(readEnv(source), "auth")).toEqual(expect.arrayContaining(secrets));
    const told = problemsOf({ ...source, PORT: "x", GPU_RULES: "x", S3_BUCKET: "/" }).join();
    for (const secret of secrets) expect(told).not.toContain(secret);
  });
});
