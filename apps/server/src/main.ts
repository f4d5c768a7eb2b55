import { randomBytes } from "node:crypto";
import { EnvError } from "./boot/env-error.ts";
import { drainReplica } from "./boot/drain-replica.ts";
import { findLocalParts } from "./boot/find-local-parts.ts";
import { loadAuthSecret } from "./boot/load-auth-secret.ts";
import { secretsOf } from "./boot/secrets-of.ts";
import { startReplica } from "./boot/start-replica.ts";
import { stopSignal } from "./boot/stop-signal.ts";
import { type Env, readEnv, readProcessEnv } from "./env.ts";
import { createLog } from "./log.ts";

/** Drain ends by itself well before; this is for a part that hangs. */
const DRAIN_LIMIT_MS = 9_500;

process.exitCode = await run();
// Whatever still holds the event loop has had its time.
process.exit();

async function run(): Promise<number> {
  const env = await readEnvOrExplain();
  if (env === null) return 1;
  const stop = stopSignal({ stdin: env.supervised });
  const authSecret = env.authSecret ?? (await loadAuthSecret(env.dataDir, randomBytes));
  const log = createLog({ level: env.logLevel, secrets: secretsOf(env, authSecret) });
  const crash = (cause: unknown) => {
    log.error("crashed", { cause });
    process.exit(1);
  };
  process.on("uncaughtException", crash).on("unhandledRejection", crash);
  try {
    const booting = startReplica({ env, authSecret, log });
    const early = await Promise.race([booting.then(() => null), stop]);
    if (early !== null) {
      // Nobody has been served yet, and every write is whole or not there: there is nothing to drain.
      booting.catch(() => {});
      log.info("stopped", { reason: early, booting: true });
      return 0;
    }
    const replica = await booting;
    log.info("listening", { port: replica.port, host: env.host, pid: process.pid });
    const reason = await stop;
    log.info("draining", { reason });
    setTimeout(() => {
      log.error("drain.cut");
      process.exit(1);
    }, DRAIN_LIMIT_MS).unref();
    await drainReplica(replica);
    log.info("stopped");
    return 0;
  } catch (cause) {
    log.error("boot.failed", { cause });
    return 1;
  }
}

async function readEnvOrExplain(): Promise<Env | null> {
  try {
    return readEnv(await findLocalParts(readProcessEnv()));
  } catch (thrown) {
    if (!(thrown instanceof EnvError)) throw thrown;
    process.stderr.write(`${thrown.message}\n`);
    return null;
  }
}
