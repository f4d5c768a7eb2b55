import { EnvError, type EnvSource } from "../../boot/env-error.ts";
import { findLocalParts } from "../../boot/find-local-parts.ts";
import { type Env, readEnv } from "../../env.ts";
import { broken, type Finding } from "./finding.ts";

/** Nobody listens at port 9; whoever is asked there does not answer. */
const NO_SIMULATOR = { RUNPOD_BASE_URL: "http://127.0.0.1:9/v2", RUNPOD_API_KEY: "none-yet" };

/** Stands in where a studio would start a database of its own, so that the other variables are read. */
const NO_DATABASE = "postgres://127.0.0.1:9/none";

/**
 * The environment as the server would read it, or everything that keeps the server from starting.
 * `databaseUrl`: of the database that was opened; null = there is none.
 */
export async function readPatientEnv(
  source: EnvSource,
  databaseUrl: string | null,
): Promise<{ ok: true; env: Env } | { ok: false; findings: Finding[] }> {
  const local = await findLocalParts(source);
  const isProduction = source["NODE_ENV"] === "production";
  const isSimulated = (source["GPU_BACKEND"] || "simulator") === "simulator";
  // Outside production the supervisor gives these: without a studio they are nobody's fault.
  const lacksSimulator = !isProduction && isSimulated && !local["RUNPOD_BASE_URL"];
  const database = isProduction ? {} : { DATABASE_URL: databaseUrl ?? NO_DATABASE };
  try {
    const env = readEnv({ ...local, ...database, ...(lacksSimulator ? NO_SIMULATOR : {}) });
    return { ok: true, env };
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    const fix = "Set it in the environment or in .env; .env.example says what each is for.";
    return { ok: false, findings: error.problems.map((problem) => broken(`${problem}.`, fix)) };
  }
}
