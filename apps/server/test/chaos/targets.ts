import type { Counters } from "./counters.ts";
import { databaseKillRounds } from "./episodes/database.ts";
import { killRounds, submitsLost } from "./episodes/kills.ts";
import { webhookFlood } from "./episodes/webhook-flood.ts";
import type { Episode } from "./stage.ts";

/** Something that can be asked for by number: `--kills 1200`. */
export interface Target {
  /** For the table. */
  readonly what: string;
  /** Played again and again, with one seed after the other, until the number is reached. */
  readonly drill: Episode;
  /** How many there were. */
  readonly reached: (counters: Counters) => number;
}

export const TARGETS = {
  kills: {
    what: "servers killed (SIGKILL) at named points",
    drill: killRounds,
    reached: ({ kills }) =>
      Object.entries(kills).reduce((sum, [at, n]) => sum + (at === "at random" ? 0 : n), 0),
  },
  "database-kills": {
    what: "PostgreSQL killed (SIGKILL) under load",
    drill: databaseKillRounds,
    reached: ({ databaseKills }) => databaseKills,
  },
  forgeries: {
    what: "webhooks forged",
    drill: webhookFlood,
    reached: ({ webhooks }) => webhooks.forged,
  },
  replays: {
    what: "webhooks repeated, late, out of order",
    drill: webhookFlood,
    reached: ({ webhooks }) => webhooks.repeated + webhooks.late + webhooks["after the end"],
  },
  "lost-submits": {
    what: "submits accepted whose answer was lost or wrong",
    drill: submitsLost,
    reached: ({ ambiguousSubmits }) => ambiguousSubmits,
  },
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof TARGETS;

/** In the order in which they are played. */
export const TARGET_NAMES = [
  "kills",
  "database-kills",
  "forgeries",
  "replays",
  "lost-submits",
] as const satisfies readonly TargetName[];

/** How many of each are asked for. */
export type Wanted = Readonly<Partial<Record<TargetName, number>>>;
