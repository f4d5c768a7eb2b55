import type { EnvSource } from "./env-error.ts";

/** Values that name a part which is planned but does not exist. */
const PLANNED_VALUES = {
  PAYMENTS: ["stripe"],
  MAIL: ["smtp"],
} as const;

/** Variables that switch on a part which is planned but does not exist. */
const PLANNED_VARIABLES = [
  "GOOGLE_CLIENT_ID",
  "GOOGLE_CLIENT_SECRET",
  "LINE_CLIENT_ID",
  "LINE_CLIENT_SECRET",
] as const;

/** One sentence per named part that does not exist yet: silence would look like it worked. */
export function notYetBuilt(given: EnvSource): string[] {
  const values = Object.entries(PLANNED_VALUES).flatMap(([name, planned]) =>
    planned
      .filter((value) => given[name] === value)
      .map((value) => `${name}=${value} does not exist yet`),
  );
  const variables = PLANNED_VARIABLES.filter((name) => given[name] !== undefined).map(
    (name) =>
      `${name} is set, but sign-in with ${name.startsWith("LINE") ? "LINE" : "Google"} does not exist yet`,
  );
  return [...values, ...variables];
}
