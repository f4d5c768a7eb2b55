import { listIncidents, showIncident } from "@ob/api";
import { openDb } from "@ob/db";
import { readProcessEnv } from "../env.ts";
import { parseSupervisorSettings } from "../supervisor/settings.ts";
import { adviceFor } from "./advice-for.ts";
import { openOperatorDatabase } from "./open-operator-database.ts";
import { readIncidentsOrder } from "./read-incidents-order.ts";
import { printDocument, runCommand } from "./run-command.ts";

// `npm run incidents -- list | show <id>`: what went wrong with the GPU side, with the advice for it;
// one JSON document on stdout. Exit 0: shown; 1: not there; 2: could not be asked.

async function main(): Promise<number> {
  const order = readIncidentsOrder(process.argv.slice(2));
  const { dataDir, databaseUrl } = parseSupervisorSettings(readProcessEnv());
  const database = await openOperatorDatabase({ dataDir, databaseUrl });
  const connection = openDb({ url: database.url, poolSize: 1, applicationName: "ob-incidents" });
  try {
    if (order.kind === "list") {
      const since = new Date(Date.now() - order.sinceMs);
      const found = await listIncidents(connection, { ...order, since });
      printDocument({ ok: true, incidents: found.map(withAdvice) });
      return 0;
    }
    const incident = await showIncident(connection, order.id);
    if (incident === null) {
      printDocument({ ok: false, code: "NOT_FOUND", error: "There is no such incident." });
      return 1;
    }
    printDocument({ ok: true, incident: withAdvice(incident) });
    return 0;
  } finally {
    await connection.close(5_000);
    await database.close();
  }
}

function withAdvice<Incident extends { cause: string }>(incident: Incident) {
  return { ...incident, advice: adviceFor(incident.cause) };
}

await runCommand(main);
