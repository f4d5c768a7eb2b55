import { once } from "node:events";
import type { Replica } from "./start-replica.ts";

/** What may still end by itself (answers, uploads) gets this long. */
const REQUESTS_MS = 4_000;
/** What the driver is doing; what it leaves is claimed by another replica when its lease lapses. */
const DRIVER_MS = 6_000;
/** What was cut still has to remove what it had begun to write. */
const CLEANING_MS = 1_000;
const DATABASE_MS = 1_500;

/**
 * Ends a replica within ten seconds without losing anything: readiness goes off and streams end at
 * once, no job is claimed any more, running requests and steps may finish, then the rest is cut.
 */
export async function drainReplica(replica: Replica): Promise<void> {
  const { server } = replica;
  replica.draining.abort();
  replica.later.close();
  const watched = replica.gpuWatch.close();
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), REQUESTS_MS);
  await Promise.all([closed, replica.driver.drain(DRIVER_MS), replica.sweeps.close(), watched]);
  clearTimeout(cut);
  await replica.requests.idle(CLEANING_MS);
  await Promise.all([replica.services.sightings.settle(), replica.incidents.settle()]);
  replica.closeGpus();
  await replica.doorbell.close();
  await replica.imaging.close();
  await replica.connection.close(DATABASE_MS);
}
