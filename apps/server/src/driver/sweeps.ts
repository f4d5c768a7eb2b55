import { runSweeps, type ServiceContext } from "@ob/api";
import { createWatchedSocket, DATABASE_SILENT_MS } from "@ob/db";
import { PgBoss } from "pg-boss";

const QUEUE = "sweeps";
/** The schedules' own connections to the database. */
export const SWEEP_CONNECTIONS = 2;
const EVERY_MINUTE = "* * * * *";

/** Scheduled work, shared by all replicas: each run is done by one of them. */
export interface Sweeps {
  close(): Promise<void>;
}

/**
 * Starts the schedules: erasing what nobody refers to, forgetting what has served its time, waking
 * what was overlooked. Driving jobs needs none of it.
 */
export async function startSweeps(
  services: ServiceContext,
  options: { databaseUrl: string },
): Promise<Sweeps> {
  // Given on to the driver below; pg-boss itself knows nothing of sockets.
  const driver = { stream: () => createWatchedSocket(DATABASE_SILENT_MS) };
  const boss = new PgBoss({
    ...driver,
    connectionString: options.databaseUrl,
    schema: "pgboss",
    application_name: "ob-sweeps",
    max: SWEEP_CONNECTIONS,
  });
  boss.on("error", (cause) => services.log.warn("sweeps.database", { cause }));
  await boss.start();
  await boss.createQueue(QUEUE, { policy: "singleton", retryLimit: 0 });
  await boss.schedule(QUEUE, EVERY_MINUTE);
  await boss.work(QUEUE, () => runSweeps(services));
  return { close: () => boss.stop({ graceful: true, timeout: 2_000 }) };
}
