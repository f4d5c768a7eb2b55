import { resolve } from "node:path";
import { z } from "zod";
import { productionProblems } from "./boot/production-problems.ts";
import { EnvError, type EnvSource } from "./boot/env-error.ts";
import { parseFailpoint, type PlannedDeath } from "./boot/failpoints.ts";
import { type GpuFigures, parseGpuFigures } from "./boot/gpu-figures.ts";
import { notYetBuilt } from "./boot/not-yet-built.ts";

/** The environment as it was given. The only place where `process.env` is read. */
export function readProcessEnv(): EnvSource {
  return { ...process.env };
}

const port = z.coerce.number<string>().int().min(0).max(65_535);
const count = z.coerce.number<string>().int().min(0);
const httpUrl = z.url({ protocol: /^https?$/ });
const secret = z.string().min(32, "at least 32 characters");
const text = z.string();

/** Every variable the server reads; an empty one counts as absent. */
const Variables = z.object({
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
  GPU_MAX_IN_FLIGHT: z.coerce.number<string>().int().min(1).max(1000).default(20),
  RUNPOD_API_KEY: text.optional(),
  RUNPOD_ENDPOINT_ID: text.regex(/^[A-Za-z0-9_-]{1,64}$/).optional(),
  RUNPOD_BASE_URL: httpUrl.optional(),
  RUNPOD_HANDLER: z.enum(["worker-comfyui", "volume-files"]).default("worker-comfyui"),
  PROMPT_REWRITER_URL: httpUrl
    .refine(
      bearsNoCredentials,
      "a URL without user or password: PROMPT_REWRITER_API_KEY is for that",
    )
    .optional(),
  PROMPT_REWRITER_API_KEY: text.optional(),
  PROMPT_REWRITER_MODEL: text.max(200).optional(),
  STORAGE: z.enum(["files", "s3"]).default("files"),
  PAYMENTS: z.enum(["simulated", "stripe", "off"]).default("simulated"),
  MAIL: z.enum(["outbox", "smtp", "off"]).default("outbox"),
  OB_SUPERVISED: z.literal("1").optional(),
  FAILPOINT: readBy(parseFailpoint, "the name of a failpoint, a colon and a count"),
  GPU_FIGURES: readBy(parseGpuFigures, "figures of the attempt rules, like leaseMs=4000"),
});

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

function bearsNoCredentials(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username === "" && url.password === "";
}

/** The settings of one replica, parsed once. */
export interface Env {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  /** Origin under which users reach us; null = http://localhost:<actual port>. */
  readonly publicUrl: string | null;
  /** How many proxies of ours append to X-Forwarded-For; 0 = the header is not believed. */
  readonly trustedProxyHops: number;
  /** Absolute path. */
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Null = the one generated into `dataDir`. */
  readonly authSecret: string | null;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  readonly guestCredits: number;
  readonly guestGrantsPerHour: number;
  readonly gpu: GpuEnv;
  /** Null = free text is compiled by our own phrasebook alone. */
  readonly rewriter: RewriterEnv | null;
  readonly payments: "simulated" | "off";
  readonly mail: "outbox" | "off";
  /** The supervisor holds our stdin; when it ends, so do we. */
  readonly supervised: boolean;
  /** Where this process is to die; null = nowhere. For tests, refused in production. */
  readonly failpoint: PlannedDeath | null;
  /** Figures of the attempt rules other than the design's. For tests, refused in production. */
  readonly gpuFigures: GpuFigures;
}

/** An OpenAI-compatible service that words free text anew. */
export interface RewriterEnv {
  readonly baseUrl: string;
  /** Null = it wants none. */
  readonly apiKey: string | null;
  readonly model: string;
}

/** Where attempts are sent; the simulator speaks the same API. */
export interface GpuEnv {
  readonly backend: "simulator" | "runpod";
  readonly maxInFlight: number;
  readonly baseUrl: string;
  readonly endpointId: string;
  readonly apiKey: string;
}

/**
 * Parses the environment of a replica.
 * @throws {EnvError} one message naming every variable that is missing, malformed, not fit for
 *   production, or names a part that does not exist yet
 */
export function readEnv(source: EnvSource): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = Variables.safeParse(given);
  const production = given["NODE_ENV"] === "production";
  const problems = [
    ...notYetBuilt(given),
    ...(production ? productionProblems(given) : []),
    ...(parsed.success ? [] : parsed.error.issues.map(describeIssue)),
  ];
  const gpu = parsed.success ? readGpu(parsed.data, production, problems) : null;
  const rewriter = parsed.success ? readRewriter(parsed.data, problems) : null;
  if (problems.length > 0 || !parsed.success || gpu === null) throw new EnvError(problems);

  const env = parsed.data;
  return {
    production,
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL === undefined ? null : new URL(env.PUBLIC_URL).origin,
    trustedProxyHops: env.TRUSTED_PROXY_HOPS,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    authSecret: env.AUTH_SECRET ?? null,
    logLevel: env.LOG_LEVEL,
    guestCredits: env.GUEST_CREDITS ?? (production ? 0 : 20),
    guestGrantsPerHour: env.GUEST_GRANTS_PER_HOUR,
    gpu,
    rewriter,
    payments: env.PAYMENTS === "off" ? "off" : "simulated",
    mail: env.MAIL === "off" ? "off" : "outbox",
    supervised: env.OB_SUPERVISED === "1",
    failpoint: env.FAILPOINT ?? null,
    gpuFigures: env.GPU_FIGURES ?? {},
  };
}

function readGpu(
  env: z.infer<typeof Variables>,
  production: boolean,
  problems: string[],
): GpuEnv | null {
  const simulated = env.GPU_BACKEND === "simulator";
  const baseUrl = env.RUNPOD_BASE_URL ?? (simulated ? undefined : "https://api.runpod.ai/v2");
  const endpointId = env.RUNPOD_ENDPOINT_ID ?? (simulated ? "simulator" : undefined);
  const apiKey = env.RUNPOD_API_KEY;
  // In production the simulator is refused as such; what it would need is no news then.
  const silent = production && simulated;
  const require = (name: string, value: string | undefined): value is string => {
    if (value === undefined && !silent)
      problems.push(
        `${name} is missing (GPU_BACKEND=${env.GPU_BACKEND} needs it; npm start gives the simulator's)`,
      );
    return value !== undefined;
  };
  const complete = [
    require("RUNPOD_BASE_URL", baseUrl),
    require("RUNPOD_ENDPOINT_ID", endpointId),
    require("RUNPOD_API_KEY", apiKey),
  ].every(Boolean);
  if (!complete || baseUrl === undefined || endpointId === undefined || apiKey === undefined) {
    return null;
  }
  const backend = simulated ? "simulator" : "runpod";
  return { backend, maxInFlight: env.GPU_MAX_IN_FLIGHT, baseUrl, endpointId, apiKey };
}

/** All or nothing: half a rewriter would look as if it worked. */
function readRewriter(env: z.infer<typeof Variables>, problems: string[]): RewriterEnv | null {
  const { PROMPT_REWRITER_URL: baseUrl, PROMPT_REWRITER_MODEL: model } = env;
  const apiKey = env.PROMPT_REWRITER_API_KEY ?? null;
  if (baseUrl === undefined) {
    if (model !== undefined || apiKey !== null) {
      problems.push("PROMPT_REWRITER_URL is missing (the other PROMPT_REWRITER variables need it)");
    }
    return null;
  }
  if (model === undefined) {
    problems.push("PROMPT_REWRITER_MODEL is missing (PROMPT_REWRITER_URL needs it)");
    return null;
  }
  return { baseUrl, apiKey, model };
}

/** Names the variable and the rule, never the value: it may be a secret. */
function describeIssue(issue: z.core.$ZodIssue): string {
  const name = issue.path.map(String).join(".");
  const absent = issue.code === "invalid_type" && /received undefined/.test(issue.message);
  if (!absent) return `${name} is not valid: ${issue.message}`;
  return `${name} is missing${name === "DATABASE_URL" ? " (npm start gives the embedded database's)" : ""}`;
}
