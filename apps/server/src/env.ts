import { resolve } from "node:path";
import type { z } from "zod";
import { EnvError, type EnvSource } from "./boot/env-error.ts";
import { type EnvVariables, Variables } from "./boot/env-variables.ts";
import type { PlannedDeath } from "./boot/failpoints.ts";
import { gpuContradictions, type GpuEnv, readGpuEnv } from "./boot/gpu-env.ts";
import type { GpuFigures } from "./boot/gpu-figures.ts";
import { missingVariables } from "./boot/missing-variables.ts";
import { notYetBuilt } from "./boot/not-yet-built.ts";
import { productionProblems } from "./boot/production-problems.ts";
import { readStorageEnv, type StorageEnv } from "./boot/storage-env.ts";

/** The environment as it was given. The only place where `process.env` is read. */
export function readProcessEnv(): EnvSource {
  return { ...process.env };
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
  readonly storage: StorageEnv;
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
    ...missingVariables(given),
    ...gpuContradictions(given),
    ...(parsed.success ? [] : parsed.error.issues.flatMap(describeIssue)),
  ];
  if (problems.length > 0 || !parsed.success) throw new EnvError(problems);

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
    gpu: readGpuEnv(env),
    storage: readStorageEnv(env),
    rewriter: readRewriter(env),
    payments: env.PAYMENTS === "off" ? "off" : "simulated",
    mail: env.MAIL === "off" ? "off" : "outbox",
    supervised: env.OB_SUPERVISED === "1",
    failpoint: env.FAILPOINT ?? null,
    gpuFigures: env.GPU_FIGURES ?? {},
  };
}

function readRewriter(env: EnvVariables): RewriterEnv | null {
  const { PROMPT_REWRITER_URL: baseUrl, PROMPT_REWRITER_MODEL: model } = env;
  if (baseUrl === undefined || model === undefined) return null;
  return { baseUrl, apiKey: env.PROMPT_REWRITER_API_KEY ?? null, model };
}

/** Names the variable and the rule, never the value: it may be a secret. What is absent is told elsewhere. */
function describeIssue(issue: z.core.$ZodIssue): string[] {
  const absent = issue.code === "invalid_type" && /received undefined/.test(issue.message);
  return absent ? [] : [`${issue.path.map(String).join(".")} is not valid: ${issue.message}`];
}
