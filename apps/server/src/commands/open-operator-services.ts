import { randomBytes } from "node:crypto";
import type { ServiceContext } from "@ob/api";
import { findLocalParts } from "../boot/find-local-parts.ts";
import type { EnvSource } from "../boot/env-error.ts";
import { loadAuthSecret } from "../boot/load-auth-secret.ts";
import { openParts } from "../boot/open-parts.ts";
import { COMMAND_POOL_SIZE } from "../boot/replica-connections.ts";
import { secretsOf } from "../boot/secrets-of.ts";
import { createServices } from "../boot/start-replica.ts";
import { readEnv } from "../env.ts";
import { createLog } from "../log.ts";

/** The use cases of a replica that serves nobody: for orders beside a running one. */
export interface OperatorServices {
  readonly services: ServiceContext;
  close(): Promise<void>;
}

const CLOSE_MS = 5_000;

/**
 * Opens the services in the environment of the server, on `databaseUrl` as it is. What is to be
 * driven is left to the replicas that run. @throws {EnvError} when the environment is not complete
 */
export async function openOperatorServices(
  source: EnvSource,
  databaseUrl: string,
): Promise<OperatorServices> {
  const env = readEnv({ ...(await findLocalParts(source)), DATABASE_URL: databaseUrl });
  const authSecret = env.authSecret ?? (await loadAuthSecret(env.dataDir, randomBytes));
  const log = createLog({ level: env.logLevel, secrets: secretsOf(env, authSecret) });
  const poolSize = COMMAND_POOL_SIZE;
  const parts = await openParts({ env, authSecret, log, migrates: false, poolSize });
  const driveSoon = () => {};
  const services = createServices({ env, authSecret, log, parts, port: env.port, driveSoon });
  return {
    services,
    async close() {
      await Promise.all([services.sightings.settle(), parts.incidents.settle()]);
      parts.closeGpus();
      await parts.doorbell.close();
      await parts.imaging.close();
      await parts.connection.close(CLOSE_MS);
    },
  };
}
