import type { EnvSource } from "./env-error.ts";

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

/** One sentence per variable that is missing or only fit for development. */
export function productionProblems(given: EnvSource): string[] {
  const missing = REQUIRED.filter((name) => given[name] === undefined).map(
    (name) => `${name} is missing (production has no default for it)`,
  );
  const unfit = Object.entries(DEVELOPMENT_ONLY)
    .filter(([name, value]) => given[name] === value)
    .map(([name, value]) => `${name}=${value} is for development only`);
  const harmful = FOR_TESTS.filter((name) => given[name] !== undefined).map(
    (name) => `${name} is for tests only`,
  );
  return [...missing, ...unfit, ...harmful];
}
