import { mostConnections } from "@ob/db";
import { DOORBELL_CONNECTIONS } from "../driver/doorbell.ts";
import { SWEEP_CONNECTIONS } from "../driver/sweeps.ts";

/** Of the pools a replica reads and writes with. */
export const REPLICA_POOL_SIZE = 12;
/** The same of a command that has a replica's services; it serves nobody else. */
export const COMMAND_POOL_SIZE = 2;

/** The database connections one replica holds at most. */
export function mostReplicaConnections(): number {
  return mostConnections(REPLICA_POOL_SIZE) + DOORBELL_CONNECTIONS + SWEEP_CONNECTIONS;
}

/** The database connections an operator's command holds at most. */
export function mostCommandConnections(): number {
  return mostConnections(COMMAND_POOL_SIZE) + DOORBELL_CONNECTIONS;
}
