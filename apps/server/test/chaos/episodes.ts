import type { Episode } from "./stage.ts";
import {
  commitsCut,
  databaseKilled,
  databaseKillRounds,
  databasePaused,
  sessionsEnded,
  wireSilenced,
} from "./episodes/database.ts";
import { gpuMisbehaves, webhooksForged, webhooksUnreliable } from "./episodes/gpu.ts";
import {
  ambiguousSubmits,
  killPoints,
  killRounds,
  killsAtRandom,
  submitsLost,
} from "./episodes/kills.ts";
import { webhookFlood } from "./episodes/webhook-flood.ts";
import { diskFull, storeRefuses } from "./episodes/storage.ts";
import {
  clientsVanish,
  lastCredits,
  retryStorm,
  serverPaused,
  sigtermInACrowd,
} from "./episodes/users.ts";

/** Every way to make the studio suffer; a long run goes round and round. */
export const EPISODES: readonly Episode[] = [
  killPoints,
  databaseKilled,
  ambiguousSubmits,
  webhooksUnreliable,
  commitsCut,
  retryStorm,
  lastCredits,
  webhooksForged,
  killsAtRandom,
  serverPaused,
  sessionsEnded,
  storeRefuses,
  clientsVanish,
  gpuMisbehaves,
  databasePaused,
  sigtermInACrowd,
  wireSilenced,
  diskFull,
];

/** What a target is reached with, a chunk at a time; no part of the round. */
export const DRILLS: readonly Episode[] = [
  killRounds,
  databaseKillRounds,
  webhookFlood,
  submitsLost,
];
