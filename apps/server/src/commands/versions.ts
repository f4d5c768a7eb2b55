import { listVersions, setVersionShare, type ShareOutcome } from "@ob/api";
import { openDb } from "@ob/db";
import { createServiceRegistry, GPU_SERVICES } from "@ob/workflow";
import { readProcessEnv } from "../env.ts";
import { parseSupervisorSettings } from "../supervisor/settings.ts";
import { openOperatorDatabase } from "./open-operator-database.ts";
import { readVersionsOrder, type VersionsOrder } from "./read-versions-order.ts";

// `npm run versions -- list | share <version> <percent> [--note ..] | withdraw <version>`: one JSON
// document on stdout. Exit 0: done; 1: refused, nothing changed; 2: could not be asked.

const REFUSALS = {
  "version-unknown": "This program knows no such version.",
  "last-live-version": "It is the only version of its service that still takes new jobs.",
} as const satisfies Record<Exclude<ShareOutcome, "set">, string>;

async function main(): Promise<number> {
  const order = readVersionsOrder(process.argv.slice(2));
  const { dataDir, databaseUrl } = parseSupervisorSettings(readProcessEnv());
  const database = await openOperatorDatabase({ dataDir, databaseUrl });
  const connection = openDb({ url: database.url, poolSize: 1, applicationName: "ob-versions" });
  try {
    return await carryOut(order, connection.db);
  } finally {
    await connection.close(5_000);
    await database.close();
  }
}

async function carryOut(
  order: VersionsOrder,
  db: ReturnType<typeof openDb>["db"],
): Promise<number> {
  const ctx = { db, registry: createServiceRegistry(GPU_SERVICES), now: () => new Date() };
  const outcome = order.kind === "list" ? "set" : await setVersionShare(ctx, order);
  const versions = await listVersions(ctx);
  if (outcome === "set") {
    print({ ok: true, versions });
    return 0;
  }
  print({ ok: false, code: outcome, error: REFUSALS[outcome], versions });
  return 1;
}

function print(document: object): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

process.exitCode = await main().catch((error: unknown) => {
  print({ ok: false, error: error instanceof Error ? error.message : String(error) });
  return 2;
});
