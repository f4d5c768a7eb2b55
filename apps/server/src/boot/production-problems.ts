import type { EnvSource } from "./env-error.ts";
import { parseGpuRules } from "./gpu-rules.ts";
import { isPrivateHost } from "./is-private-host.ts";

/** What production must name itself: nothing embedded or simulated starts silently there. */
const REQUIRED = [
  "GPU_BACKEND",
  "STORAGE",
  "PAYMENTS",
  "MAIL",
  "PUBLIC_URL",
  "DATABASE_URL",
  "AUTH_SECRET",
] as const;

/** Named, but never for real users. */
const DEVELOPMENT_ONLY = {
  GPU_BACKEND: "simulator",
  PAYMENTS: "simulated",
  MAIL: "outbox",
} as const;

/** They make a service fail or hurry on purpose. */
const FOR_TESTS = ["FAILPOINT", "GPU_FIGURES"] as const;

/** What goes there may be read on its way, unless it goes by https or never leaves our own network. */
const URLS = [
  "PUBLIC_URL",
  "RUNPOD_BASE_URL",
  "RUNPOD_VOLUME_ENDPOINT_URL",
  "COMFYUI_URL",
  "S3_ENDPOINT",
  "PROMPT_REWRITER_URL",
] as const;

/** One sentence per variable that is missing, only fit for development, or would send in the clear. */
export function productionProblems(given: EnvSource): string[] {
  const missing = REQUIRED.filter((name) => given[name] === undefined).map(
    (name) => `${name} is missing (production has no default for it)`,
  );
  const unfit = Object.entries(DEVELOPMENT_ONLY)
    .filter(([name, value]) => given[name] === value)
    .map(([name, value]) => `${name}=${value} is for development only`);
  const ruled = (parseGpuRules(given["GPU_RULES"] ?? "") ?? []).some(
    ({ kind }) => kind === "simulator",
  )
    ? ["GPU_RULES names the simulator, which is for development only"]
    : [];
  const open = URLS.filter((name) => isOpenHttp(given[name])).map(
    (name) => `${name} is http:// on a public host: what is sent there could be read; use https://`,
  );
  const harmful = FOR_TESTS.filter((name) => given[name] !== undefined).map(
    (name) => `${name} is for tests only`,
  );
  return [...missing, ...unfit, ...ruled, ...open, ...harmful];
}

function isOpenHttp(given: string | undefined): boolean {
  const url = given === undefined ? null : URL.parse(given);
  return url !== null && url.protocol === "http:" && !isPrivateHost(url.hostname);
}
