import { randomUUID } from "node:crypto";
import { setTimeout as rest } from "node:timers/promises";
import { createLocalDoorbell, type Doorbell, type LocalDoorbell, type Log } from "@ob/api";
import type { Sql } from "@ob/db";
import postgres from "postgres";
import { z } from "zod";

const CHANNEL = "ob_owner_news";
/** Listening takes one of its own. */
export const DOORBELL_CONNECTIONS = 1;
/** A NOTIFY carries at most 8,000 bytes; an id has 36. */
const OWNERS_PER_NOTIFY = 200;
/** Each wakes every replica, which asks the database again. */
const NOTIFY_EVERY_MS = 20;
const SLOW_POLL_MS = 2_000;
/** The wire is tried this often by a message to oneself; one that does not come back means it is cut. */
const PING_MS = 2_000;

export interface DoorbellOptions {
  /** The database; listening takes a connection of its own. */
  readonly url: string;
  readonly sql: Sql;
  readonly log: Log;
  /** @default 2000 */
  readonly slowPollMs?: number;
  /** @default 2000 */
  readonly pingMs?: number;
}

/** A doorbell that all replicas on one database share. */
export interface SharedDoorbell extends Doorbell {
  close(): Promise<void>;
}

/**
 * Makes the doorbell of this process. Rings reach its own listeners at once and those of other
 * replicas by NOTIFY, coalesced, one at a time and fifty a second at most. Should that fail, a slow
 * poll over the listened owners' last event number rings for what was not read.
 */
export async function createDoorbell(options: DoorbellOptions): Promise<SharedDoorbell> {
  const { sql, log } = options;
  const local = createLocalDoorbell();
  const self = randomUUID();
  const wire = createWire(options, { self, onOwner: (ownerId) => local.ring(ownerId) });
  await wire.listen();
  const outbox = createOutbox({ sql, log, self });
  const poll = createSlowPoll(sql, local);
  const pollTimer = every(options.slowPollMs ?? SLOW_POLL_MS, () => poll(), log);
  const pingTimer = every(options.pingMs ?? PING_MS, () => wire.check(), log);
  return {
    ring(ownerId) {
      local.ring(ownerId);
      outbox.add(ownerId);
    },
    listen: (ownerId) => local.listen(ownerId),
    async close() {
      await Promise.all([pollTimer.stop(), pingTimer.stop()]);
      await outbox.close();
      await wire.close();
    },
  };
}

interface WireEnds {
  readonly self: string;
  readonly onOwner: (ownerId: string) => void;
}

function createWire({ url, sql, log }: DoorbellOptions, { self, onOwner }: WireEnds) {
  let client: Sql | null = null;
  let heard = true;
  const receive = (payload: string) => {
    const [sender, ...ownerIds] = payload.split(",");
    if (sender === self) heard = true;
    else for (const ownerId of ownerIds) onOwner(ownerId);
  };
  const listen = async () => {
    const next = postgres(url, {
      max: DOORBELL_CONNECTIONS,
      onnotice: () => {},
      backoff: () => 1,
      connection: { application_name: "ob-doorbell" },
    });
    client = next;
    await next.listen(CHANNEL, receive);
    // Only now: where listening failed, the next check tries again.
    heard = true;
  };
  const hangUp = async () => {
    const old = client;
    client = null;
    await old?.end({ timeout: 1 });
  };
  return {
    listen,
    async check() {
      if (!heard) {
        log.warn("doorbell.relistening");
        await hangUp();
        await listen();
      }
      heard = false;
      await sql`select pg_notify(${CHANNEL}, ${self})`;
    },
    close: hangUp,
  };
}

function createOutbox({ sql, log, self }: { sql: Sql; log: Log; self: string }) {
  const waiting = new Set<string>();
  let sending: Promise<void> | null = null;
  const send = async () => {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, OWNERS_PER_NOTIFY);
      for (const ownerId of batch) waiting.delete(ownerId);
      try {
        await sql`select pg_notify(${CHANNEL}, ${[self, ...batch].join(",")})`;
      } catch (cause) {
        // Other replicas find out by their slow poll.
        log.warn("doorbell.not-sent", { cause });
      }
      // Alone it goes out at once; in a crowd many rings go out together.
      await rest(NOTIFY_EVERY_MS);
    }
    sending = null;
  };
  return {
    add(ownerId: string) {
      waiting.add(ownerId);
      sending ??= send();
    },
    async close() {
      await sending;
    },
  };
}

const Numbers = z.array(z.object({ id: z.string(), lastSeq: z.coerce.number() }));

function createSlowPoll(sql: Sql, local: Pick<LocalDoorbell, "listenedOwners" | "ringBehind">) {
  return async () => {
    const listened = local.listenedOwners();
    if (listened.length === 0) return;
    const rows = await sql`
      select id, last_seq as "lastSeq" from owners where id = any(${listened}::uuid[])`;
    for (const { id, lastSeq } of Numbers.parse([...rows])) local.ringBehind(id, lastSeq);
  };
}

function every(ms: number, task: () => Promise<void>, log: Log): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (stopped || running !== null) return;
    running = task()
      .catch((cause: unknown) => log.warn("doorbell.failed", { cause }))
      .finally(() => {
        running = null;
      });
  }, ms);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
