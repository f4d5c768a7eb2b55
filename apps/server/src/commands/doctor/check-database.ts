import { readMigrationState, type Sql } from "@ob/db";
import postgres from "postgres";
import { mostCommandConnections, mostReplicaConnections } from "../../boot/replica-connections.ts";
import { broken, type Check, type Finding, ok, warning } from "./finding.ts";

const OLDEST = 150_000;
const SKEW_MS = 2_000;
const LISTEN_MS = 3_000;

/** The database: reachable, new enough, migrated, writable, on time, and able to tell news. */
export const checkDatabase: Check = {
  id: "database",
  title: { en: "Database", th: "ฐานข้อมูล" },
  async run({ env, now }) {
    const sql = postgres(env.databaseUrl, {
      max: 1,
      connect_timeout: 5,
      onnotice: () => {},
      connection: { application_name: "ob-doctor", statement_timeout: 10_000 },
    });
    try {
      const refused = await connect(sql);
      if (refused !== null) return [refused];
      const asked = { sql, now };
      const parts = [version, schema, writes, clock, connections];
      const findings: Finding[] = [];
      for (const part of parts) findings.push(await part(asked));
      return [...findings, await listens(env.databaseUrl)];
    } finally {
      await sql.end({ timeout: 2 });
    }
  },
};

interface Asked {
  readonly sql: Sql;
  readonly now: () => Date;
}

/** Null = it answers. */
async function connect(sql: Sql): Promise<Finding | null> {
  try {
    await sql`select 1`;
    return null;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const fix = code.startsWith("28")
      ? "The user or password of DATABASE_URL is refused: correct it."
      : code === "3D000"
        ? "The database DATABASE_URL names does not exist: create it with createdb."
        : "Check host and port of DATABASE_URL, and that PostgreSQL runs and lets this machine in.";
    return broken(`The database cannot be reached (${code || "no answer"}).`, fix);
  }
}

async function version({ sql }: Asked): Promise<Finding> {
  const [row] = await sql`select current_setting('server_version_num')::int as n,
    current_setting('server_version') as name`;
  const says = `PostgreSQL ${String(row?.["name"])}.`;
  return Number(row?.["n"]) >= OLDEST
    ? ok(says)
    : broken(says, "15 or newer is needed: upgrade it.");
}

async function schema({ sql }: Asked): Promise<Finding> {
  const { missing, unknown } = await readMigrationState(sql);
  if (missing.length > 0) {
    return broken(
      `${missing.length} migrations are not applied, the first is ${missing[0]}.`,
      "Start the server: it migrates at boot. If it does not, its log says why.",
    );
  }
  if (unknown > 0) {
    return warning(
      `${unknown} migrations come from a newer program.`,
      "Run the doctor of the release that is in service.",
    );
  }
  return ok("Every migration is applied.");
}

class Undone extends Error {}

async function writes({ sql }: Asked): Promise<Finding> {
  try {
    await sql.begin(async (tx) => {
      await tx`insert into watches (owner_id, until) values (gen_random_uuid(), now())`;
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Undone) return ok("Rows can be written (nothing was kept).");
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return broken(
      `Nothing can be written (${code}).`,
      code === "25006"
        ? "It is read-only: DATABASE_URL must name the primary, not a replica."
        : "The user of DATABASE_URL must own the tables.",
    );
  }
  throw new Error("the probe was not undone");
}

async function clock({ sql, now }: Asked): Promise<Finding> {
  const beforeMs = now().getTime();
  const [row] = await sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
  const middleMs = (beforeMs + now().getTime()) / 2;
  const skewMs = Math.round(Math.abs(Number(row?.["ms"]) - middleMs));
  if (skewMs <= SKEW_MS) return ok("Its clock and ours agree.");
  return warning(
    `Its clock and ours differ by ${skewMs} ms: leases and deadlines are counted by both.`,
    "Let both machines set their clocks by NTP.",
  );
}

async function connections({ sql }: Asked): Promise<Finding> {
  // Some are kept for superusers, which we are not to be.
  const [row] = await sql`select current_setting('max_connections')::int
    - current_setting('superuser_reserved_connections')::int as n`;
  const allowed = Number(row?.["n"]);
  const needed = mostReplicaConnections() + mostCommandConnections();
  if (allowed >= needed) return ok(`${allowed} connections are allowed.`);
  return warning(
    `${allowed} connections are allowed; one replica and a command beside it may hold ${needed}.`,
    "Raise max_connections.",
  );
}

async function listens(url: string): Promise<Finding> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  const channel = "ob_doctor";
  try {
    const heard = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), LISTEN_MS).unref();
      sql
        .listen(channel, () => resolve(true))
        .then(
          () => sql.notify(channel, "probe").catch(() => resolve(false)),
          () => resolve(false),
        );
    });
    if (await heard) return ok("LISTEN and NOTIFY work.");
    return warning(
      "LISTEN and NOTIFY do not work: news reach people's pages up to two seconds late.",
      "Let DATABASE_URL go past a pooler that shares sessions (PgBouncer: session mode).",
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}
