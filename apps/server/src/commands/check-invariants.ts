import { stat } from "node:fs/promises";
import { join } from "node:path";
import { checkInvariants } from "@ob/db";
import postgres from "postgres";
import { readProcessEnv } from "../env.ts";
import { parseSupervisorSettings } from "../supervisor/settings.ts";
import { openObjectHash } from "./open-object-hash.ts";
import { openOperatorDatabase } from "./open-operator-database.ts";

// `npm run check:invariants`: one JSON document on stdout. Exit 0: all hold; 1: some are broken; 2: could not ask.

async function main(): Promise<number> {
  const given = readProcessEnv();
  const { dataDir, databaseUrl } = parseSupervisorSettings(given);
  const objectSha256 = await openObjectHash(given, dataDir);
  const database = await openOperatorDatabase({ dataDir, databaseUrl });
  const sql = postgres(database.url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const now = new Date();
    // Written when the server came up: what waited while nothing ran is not late yet.
    const serverFile = await stat(join(dataDir, "run/server.json")).catch(() => null);
    const invariants = await checkInvariants(sql, {
      now,
      serverStartedAt: serverFile?.mtime ?? now,
      objectSha256,
    });
    const ok = invariants.every((report) => report.violations.length === 0);
    print({ ok, checkedAt: now, invariants });
    return ok ? 0 : 1;
  } finally {
    await sql.end({ timeout: 5 });
    await database.close();
  }
}

function print(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

process.exitCode = await main().catch((error: unknown) => {
  print({ ok: false, error: error instanceof Error ? error.message : String(error) });
  return 2;
});
