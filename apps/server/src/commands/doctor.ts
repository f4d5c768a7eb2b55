import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { readProcessEnv } from "../env.ts";
import { parseSupervisorSettings } from "../supervisor/settings.ts";
import { checkSettings } from "./doctor/check-settings.ts";
import { textOfReports } from "./doctor/doctor-text.ts";
import { broken, skipped } from "./doctor/finding.ts";
import { readPatientEnv } from "./doctor/read-patient.ts";
import { type CheckReport, runDoctor, toReport } from "./doctor/run-doctor.ts";
import { openOperatorDatabase, type OperatorDatabase } from "./open-operator-database.ts";
import { printDocument, runCommand } from "./run-command.ts";

// `npm run doctor -- [--json] [--dry-run-job]`: what the studio stands on, and what to mend. Exit 0:
// nothing; 1: something; 2: could not be asked.

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { json: { type: "boolean" }, "dry-run-job": { type: "boolean" } },
  });
  const reports = await examine(values["dry-run-job"] === true);
  const isWell = reports.every(({ state }) => state === "ok" || state === "skipped");
  if (values.json === true) printDocument({ ok: isWell, checkedAt: new Date(), reports });
  else process.stdout.write(textOfReports(reports));
  return isWell ? 0 : 1;
}

async function examine(mayDryRun: boolean): Promise<CheckReport[]> {
  const given = readProcessEnv();
  const { dataDir, databaseUrl } = parseSupervisorSettings(given);
  const database = await openDatabase({ dataDir, databaseUrl });
  const isThere = typeof database !== "string";
  try {
    const patient = await readPatientEnv(given, isThere ? database.url : null);
    if (!patient.ok) {
      const rest = skipped("The rest is looked at once every variable can be read.");
      return [toReport(checkSettings, [...patient.findings, rest])];
    }
    if (!isThere) return [noDatabase(database)];
    const { env } = patient;
    return await runDoctor({ given, env, fetch, now: () => new Date(), sleep, mayDryRun });
  } finally {
    if (isThere) await database.close();
  }
}

/** The database, or why there is none. */
async function openDatabase(
  o: Parameters<typeof openOperatorDatabase>[0],
): Promise<OperatorDatabase | string> {
  try {
    return await openOperatorDatabase(o);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function noDatabase(said: string): CheckReport {
  const fix = "Start the studio once (npm start), or set DATABASE_URL.";
  const title = { en: "Database", th: "ฐานข้อมูล" };
  return toReport({ id: "database", title }, [broken(said, fix)]);
}

await runCommand(main);
