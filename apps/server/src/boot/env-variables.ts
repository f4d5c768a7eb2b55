import { z } from "zod";
import { parseFailpoint } from "./failpoints.ts";
import { parseGpuFigures } from "./gpu-figures.ts";
import { parseGpuRules } from "./gpu-rules.ts";
import { parseOutputHosts } from "./output-hosts.ts";

const port = z.coerce.number<string>().int().min(0).max(65_535);
const count = z.coerce.number<string>().int().min(0);
const text = z.string();
const httpUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .refine(bearsNoCredentials, "a URL without user and password");
const secret = z
  .string()
  .min(32, "at least 32 characters")
  .refine(
    (value) => !PLACEHOLDER.test(value),
    "a placeholder from an example; make one with: openssl rand -base64 48",
  );

/** What examples and templates put where a secret belongs. */
const PLACEHOLDER = /change[-_ ]?me|replace[-_ ]?(me|this)|placeholder|your[-_ ]?(auth|secret)/i;

/** Every variable the server reads; an empty one counts as absent. */
export const Variables = z.object({
  NODE_ENV: text.optional(),
  PORT: port.default(3000),
  HOST: text.default("127.0.0.1"),
  PUBLIC_URL: httpUrl.optional(),
  TRUSTED_PROXY_HOPS: count.default(0),
  DATA_DIR: text.default("./.data"),
  DATABASE_URL: text
    .regex(/^postgres(ql)?:\/\//, { message: "a postgres:// URL", abort: true })
    .refine(isReadableUrl, "a URL that can be read: check the port, and write % as %25"),
  AUTH_SECRET: secret.optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  GUEST_CREDITS: count.optional(),
  GUEST_GRANTS_PER_HOUR: count.default(20),
  GPU_BACKEND: z.enum(["simulator", "runpod", "comfyui"]).default("simulator"),
  GPU_RULES: readBy(
    parseGpuRules,
    "service=backend or service:mode=backend, separated by commas, none hidden by one before it; backends are simulator, runpod and comfyui",
  ),
  GPU_WHEN_DOWN: z.enum(["refuse", "hold"]).default("refuse"),
  GPU_MAX_IN_FLIGHT: z.coerce.number<string>().int().min(1).max(1000).default(20),
  RUNPOD_API_KEY: text.optional(),
  RUNPOD_ENDPOINT_ID: text.regex(/^[A-Za-z0-9_-]{1,64}$/).optional(),
  RUNPOD_BASE_URL: httpUrl.optional(),
  RUNPOD_HANDLER: z.enum(["worker-comfyui", "volume-files"]).default("worker-comfyui"),
  RUNPOD_OUTPUT_HOSTS: readBy(
    parseOutputHosts,
    "host names separated by commas; one may begin with *.",
  ),
  RUNPOD_RATE_SHARE: z.coerce
    .number<string>()
    .gt(0, "a share above 0, at most 1")
    .max(1, "a share above 0, at most 1")
    .default(1),
  RUNPOD_VOLUME_ID: text.regex(/^[A-Za-z0-9_-]{1,64}$/).optional(),
  RUNPOD_VOLUME_REGION: text
    .regex(/^[A-Za-z0-9-]{1,32}$/, "a data center id such as EUR-IS-1")
    .optional(),
  RUNPOD_VOLUME_ACCESS_KEY_ID: text.optional(),
  RUNPOD_VOLUME_SECRET_ACCESS_KEY: text.optional(),
  RUNPOD_VOLUME_ENDPOINT_URL: httpUrl.optional(),
  // A user and password in it are for a proxy that asks for them.
  COMFYUI_URL: z.url({ protocol: /^https?$/ }).optional(),
  PROMPT_REWRITER_URL: httpUrl.optional(),
  PROMPT_REWRITER_API_KEY: text.optional(),
  PROMPT_REWRITER_MODEL: text.max(200).optional(),
  STORAGE: z.enum(["files", "s3"]).default("files"),
  S3_ENDPOINT: httpUrl.optional(),
  S3_REGION: text.regex(/^[A-Za-z0-9-]{1,64}$/, "a region; R2 calls its own auto").optional(),
  S3_BUCKET: text.regex(/^[A-Za-z0-9._-]{3,63}$/, "the name of a bucket").optional(),
  S3_ACCESS_KEY_ID: text.optional(),
  S3_SECRET_ACCESS_KEY: text.optional(),
  PAYMENTS: z.enum(["simulated", "stripe", "off"]).default("simulated"),
  MAIL: z.enum(["outbox", "smtp", "off"]).default("outbox"),
  OB_SUPERVISED: z.literal("1").optional(),
  FAILPOINT: readBy(parseFailpoint, "the name of a failpoint, a colon and a count"),
  GPU_FIGURES: readBy(parseGpuFigures, "figures of the attempt rules, like leaseMs=4000"),
});

/** The variables with their defaults in place. */
export type EnvVariables = z.infer<typeof Variables>;

/** An optional variable with a reader of its own, which says null to what it cannot read. */
function readBy<T>(read: (given: string) => T | null, wanted: string) {
  return text.optional().transform((given, ctx) => {
    const value = given === undefined ? undefined : read(given);
    if (value === null) ctx.addIssue({ code: "custom", message: wanted });
    return value ?? undefined;
  });
}

/** Whether the URL and its parts can be read later on without throwing: what is thrown tells the value. */
function isReadableUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return [url.username, url.password, url.pathname].every(
      (part) => decodeURIComponent(part) !== null,
    );
  } catch {
    return false;
  }
}

/** A user or password in a URL would stand in logs; each part has variables of its own for them. */
function bearsNoCredentials(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username === "" && url.password === "";
}
