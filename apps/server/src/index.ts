export { createApp, type AppOptions } from "./http/app.ts";
export { type Env, readEnv } from "./env.ts";
export { type Replica, startReplica } from "./boot/start-replica.ts";
