import type { EnvSource } from "./env-error.ts";
import { gpuNeeds, namedGpuKinds } from "./gpu-env.ts";
import { S3_NEEDS } from "./storage-env.ts";

/**
 * One sentence per variable that a named part cannot do without. From what is given alone, so that
 * one malformed variable elsewhere does not hide the others.
 */
export function missingVariables(given: EnvSource): string[] {
  const isProduction = given["NODE_ENV"] === "production";
  return [
    ...(given["DATABASE_URL"] === undefined && !isProduction
      ? ["DATABASE_URL is missing (npm start gives the embedded database's)"]
      : []),
    ...missingOfGpus(given, isProduction),
    ...(given["STORAGE"] === "s3" ? missingOf(given, S3_NEEDS, "STORAGE=s3 needs it") : []),
    ...missingOfRewriter(given),
  ];
}

function missingOfGpus(given: EnvSource, isProduction: boolean): string[] {
  return [...namedGpuKinds(given)].flatMap(([kind, reason]) => {
    // In production the simulator is refused as such; what it would need is no news then.
    if (kind === "simulator" && isProduction) return [];
    const hint = kind === "simulator" ? "; npm start gives the simulator's" : "";
    return missingOf(given, gpuNeeds(kind, given), `${reason}${hint}`);
  });
}

/** All or nothing: half a rewriter would look as if it worked. */
function missingOfRewriter(given: EnvSource): string[] {
  if (given["PROMPT_REWRITER_URL"] !== undefined) {
    return missingOf(given, ["PROMPT_REWRITER_MODEL"], "PROMPT_REWRITER_URL needs it");
  }
  const isHalf = ["PROMPT_REWRITER_MODEL", "PROMPT_REWRITER_API_KEY"].some(
    (name) => given[name] !== undefined,
  );
  return isHalf
    ? ["PROMPT_REWRITER_URL is missing (the other PROMPT_REWRITER variables need it)"]
    : [];
}

function missingOf(given: EnvSource, names: readonly string[], reason: string): string[] {
  return names
    .filter((name) => given[name] === undefined)
    .map((name) => `${name} is missing (${reason})`);
}
