export { createApp, type AppOptions } from "./http/app.ts";
export { type Env, readEnv } from "./env.ts";
export { drainReplica } from "./boot/drain-replica.ts";
export { type Replica, startReplica } from "./boot/start-replica.ts";
export { createLog, type LogOptions } from "./log.ts";
export { hashStoredObject } from "./commands/hash-stored-object.ts";
