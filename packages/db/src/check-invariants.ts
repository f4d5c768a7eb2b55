import { parseArgs } from "node:util";
import postgres from "postgres";
import { checkInvariants } from "./invariants/check-invariants.ts";

// `node check-invariants.js --database-url <url> [--server-started-at <ISO time>]`
// prints exactly one JSON document. Exit code: 0 = all hold, 1 = some are broken, 2 = could not ask.

function readArguments(): { url: string; serverStartedAt: Date | null } {
  const { values } = parseArgs({
    options: { "database-url": { type: "string" }, "server-started-at": { type: "string" } },
  });
  const url = values["database-url"];
  if (url === undefined) throw new Error("--database-url is required");
  const startedAt = values["server-started-at"];
  if (startedAt === undefined) return { url, serverStartedAt: null };
  const serverStartedAt = new Date(startedAt);
  if (Number.isNaN(serverStartedAt.getTime())) {
    throw new Error("--server-started-at must be an ISO time");
  }
  return { url, serverStartedAt };
}

async function main(): Promise<number> {
  const { url, serverStartedAt } = readArguments();
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const now = new Date();
    const invariants = await checkInvariants(sql, {
      now,
      ...(serverStartedAt === null ? {} : { serverStartedAt }),
    });
    const ok = invariants.every((report) => report.violations.length === 0);
    print({ ok, checkedAt: now, invariants });
    return ok ? 0 : 1;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function print(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

process.exitCode = await main().catch((error: unknown) => {
  print({ ok: false, error: error instanceof Error ? error.message : String(error) });
  return 2;
});
