import type { Check, Patient } from "../../src/commands/doctor/finding.ts";
import { readEnv } from "../../src/env.ts";
import { TEST_GPU_KEY } from "./start-studio.ts";

/** Where the parts of a studio are. */
export interface StudioParts {
  dataDir: string;
  databaseUrl: string;
  /** Of the simulator. */
  gpuUrl: string;
}

/** For checks that may ask none of them. */
export const NO_PARTS: StudioParts = {
  dataDir: "/no-such-folder",
  databaseUrl: "postgres://nobody@127.0.0.1:1/none",
  gpuUrl: "http://127.0.0.1:1",
};

type Findings = ReturnType<Check["run"]>;

/** The patients of one test file; each is a studio that lacks nothing but for what is changed. */
export interface Patients {
  environment(change?: Record<string, string>): Record<string, string>;
  patient(change?: Record<string, string>, over?: Partial<Patient>): Patient;
  /** What one check finds. */
  find(check: Check, change?: Record<string, string>, over?: Partial<Patient>): Findings;
}

/** Makes patients of the parts there are when a test asks. */
export function patientsOf(parts: () => StudioParts): Patients {
  const environment: Patients["environment"] = (change = {}) => {
    const { dataDir, databaseUrl, gpuUrl } = parts();
    return {
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: "dG90YWxseSByYW5kb20gYnl0ZXMgb2YgdGhlIHRlc3RzIGhlcmU",
      GPU_BACKEND: "simulator",
      RUNPOD_BASE_URL: `${gpuUrl}/v2`,
      RUNPOD_API_KEY: TEST_GPU_KEY,
      ...change,
    };
  };
  const patient: Patients["patient"] = (change = {}, over = {}) => {
    const given = environment(change);
    return {
      given,
      env: readEnv(given),
      fetch,
      now: () => new Date(),
      sleep: () => new Promise((resolve) => setImmediate(resolve)),
      mayDryRun: false,
      ...over,
    };
  };
  return {
    environment,
    patient,
    find: (check, change = {}, over = {}) => check.run(patient(change, over)),
  };
}

/** The states found, each once. */
export async function statesOf(findings: Findings): Promise<string[]> {
  return [...new Set((await findings).map(({ state }) => state))];
}
