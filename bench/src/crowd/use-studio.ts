import { setTimeout as pause } from "node:timers/promises";
import { createStudioClient, readRefusal, type StudioClient } from "@ob/api/client";
import type { CrowdLedger, Stage } from "./crowd-ledger.ts";
import { editOnce } from "./edit-once.ts";
import type { PhotoToEdit } from "./photos.ts";

/** A person in the crowd. */
export interface CrowdMember {
  readonly url: string;
  readonly n: number;
  /** Begins no further edit after this moment of `performance.now()`. */
  readonly untilMs: number;
  readonly photos: readonly PhotoToEdit[];
  readonly book: CrowdLedger;
}

/** People do not all come in the same instant. */
const ARRIVING_MS = 5_000;
const AFTER_TROUBLE_MS = 1_000;

/** One person: signs in, and edits photo after photo until the time is over. */
export async function useStudio(member: CrowdMember): Promise<void> {
  const { url, n, untilMs, photos, book } = member;
  await pause(Math.random() * ARRIVING_MS);
  const client = createStudioClient({ url });
  const tracker = createTracker(book);
  await attempt(tracker, () => tracker.time("sign-in", () => client.signInAsGuest()));
  for (let edit = n; performance.now() < untilMs; edit += 1) {
    const photo = photos[edit % photos.length];
    if (photo === undefined) throw new Error("no photos");
    book.begin();
    const ended = await attempt(tracker, () =>
      tracker.time("whole", () => editOnce(client, { photo, tracker })),
    );
    if (ended) book.succeed();
    else await pause(AFTER_TROUBLE_MS);
  }
}

/** Times stages, and remembers which one is under way. */
export interface Tracker {
  readonly stage: Stage;
  time<Answer>(stage: Stage, act: () => Promise<Answer>): Promise<Answer>;
  note(stage: Stage, ms: number): void;
  enter(stage: Stage): void;
  fail(code: string): void;
}

export type Client = StudioClient;

function createTracker(book: CrowdLedger): Tracker {
  let stage: Stage = "sign-in";
  return {
    get stage() {
      return stage;
    },
    enter(next) {
      stage = next;
    },
    async time(next, act) {
      stage = next;
      const startedMs = performance.now();
      const answer = await act();
      book.note(next, performance.now() - startedMs);
      return answer;
    },
    note: (noted, ms) => book.note(noted, ms),
    fail: (code) => book.fail(`${stage}: ${code}`),
  };
}

async function attempt(tracker: Tracker, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (thrown) {
    tracker.fail(codeOf(thrown));
    return false;
  }
}

function codeOf(thrown: unknown): string {
  const refusal = readRefusal(thrown);
  if (refusal !== null) return refusal.code;
  return thrown instanceof Error ? thrown.message.slice(0, 120) : String(thrown);
}
