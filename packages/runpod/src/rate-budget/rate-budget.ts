import { setTimeout as delay } from "node:timers/promises";
import { type Concurrency, createConcurrency } from "./concurrency.ts";
import { endOfBody } from "./end-of-body.ts";
import {
  limitedOperation,
  type LimitedOperation,
  RUNPOD_LIMITS,
  WINDOW_MS,
} from "./rate-limits.ts";
import { createSlidingWindow, type SlidingWindow } from "./sliding-window.ts";

/** How much of RunPod's limits this process may use, and what it sends with. */
export interface RateBudgetOptions {
  /** This process's share of the limits, above 0 and at most 1: half each for two replicas. */
  readonly share: number;
  readonly fetch: typeof fetch;
  /** Epoch ms. @default Date.now */
  readonly now?: () => number;
  /** @default the system's timer */
  readonly sleep?: (ms: number, signal: AbortSignal | null) => Promise<void>;
}

/** Keeps the requests of this process to one RunPod endpoint within RunPod's limits. */
export interface RateBudget {
  /**
   * Sends a request as soon as the limits allow. Questions wait for it; one that would wait longer
   * than ten seconds is answered 429 with `Retry-After` on the spot, and nothing is sent. A submit
   * never waits, because its intent is written by then: {@link RateBudget.submitAt} is asked before.
   */
  readonly fetch: typeof fetch;
  /**
   * When a submit may start, epoch ms, while `reserved` others are about to; null = now, and it is
   * taken to do so. Lets them go one after the other, a little faster than the limit: a backlog that
   * leaves in bursts waits for itself, and for no good.
   */
  submitAt(nowMs: number, reserved: number): number | null;
}

/** Stands in an answer that RunPod never gave: nothing was sent. */
export const HELD_BACK_HEADER = "x-held-back";

/** A question that would have to wait longer is better asked later. */
const MAX_WAIT_MS = 10_000;
/** Of the even distance between submits; the rest is room to catch up. */
const PACE = 0.9;
/** Timers and a busy process make submits come late and in clusters; so much of it is made up for. */
const LATENESS_MS = 500;
/** All places are taken: when one becomes free nobody knows. */
const FULL_WAIT_MS = 20;

interface Lane {
  readonly window: SlidingWindow;
  readonly places: Concurrency;
}

/** Makes a budget of which nothing is used. */
export function createRateBudget(options: RateBudgetOptions): RateBudget {
  const { share, now = Date.now } = options;
  const sleep =
    options.sleep ??
    ((ms, signal) => delay(ms, undefined, signal === null ? {} : { signal }).then(() => {}));
  const most = (limit: number) => Math.max(1, Math.floor(limit * share));
  const laneOf = (operation: LimitedOperation): Lane => ({
    window: createSlidingWindow({
      limit: most(RUNPOD_LIMITS[operation].starts),
      windowMs: WINDOW_MS,
    }),
    places: createConcurrency(most(RUNPOD_LIMITS[operation].atOnce)),
  });
  const lanes = {
    run: laneOf("run"),
    status: laneOf("status"),
    cancel: laneOf("cancel"),
    health: laneOf("health"),
  } as const satisfies Record<LimitedOperation, Lane>;

  /** Null = it would take too long; then nothing is booked. */
  async function takeTurn(lane: Lane, signal: AbortSignal | null): Promise<number | null> {
    const nowMs = now();
    const waitMs = lane.window.nextMs(nowMs) - nowMs;
    if (waitMs > MAX_WAIT_MS) return waitMs;
    const startMs = lane.window.book(nowMs);
    if (startMs > nowMs) await sleep(startMs - nowMs, signal);
    await lane.places.enter(signal);
    return null;
  }

  async function send(lane: Lane, input: FetchInput, init: RequestInit | undefined) {
    try {
      const response = await options.fetch(input, init);
      return endOfBody(response, { onEnd: lane.places.leave, signal: init?.signal ?? null });
    } catch (error) {
      lane.places.leave();
      throw error;
    }
  }

  const apartMs = (WINDOW_MS / most(RUNPOD_LIMITS.run.starts)) * PACE;
  let lastLetGoMs = Number.NEGATIVE_INFINITY;

  return {
    async fetch(input, init) {
      const operation = limitedOperation(urlOf(input));
      if (operation === null) return options.fetch(input, init);
      const lane = lanes[operation];
      if (operation === "run") {
        lane.window.note(now());
        lane.places.force();
      } else {
        const tooLongMs = await takeTurn(lane, init?.signal ?? null);
        if (tooLongMs !== null) return heldBack(tooLongMs);
      }
      return send(lane, input, init);
    },
    submitAt(nowMs, reserved) {
      const { window, places } = lanes.run;
      if (places.taken + reserved >= most(RUNPOD_LIMITS.run.atOnce)) return nowMs + FULL_WAIT_MS;
      const startMs = Math.max(window.nextMs(nowMs, reserved), lastLetGoMs + apartMs);
      if (startMs > nowMs) return Math.ceil(startMs);
      // Counted from when it could have been: who comes late does not slow the others down.
      lastLetGoMs = Math.max(lastLetGoMs + apartMs, nowMs - LATENESS_MS);
      return null;
    },
  };
}

type FetchInput = Parameters<typeof fetch>[0];

function urlOf(input: FetchInput): string {
  if (typeof input === "string") return input;
  return input instanceof URL ? input.href : input.url;
}

/** What RunPod would answer; the header says that it never did. */
function heldBack(waitMs: number): Response {
  return new Response(null, {
    status: 429,
    headers: {
      "retry-after": String(Math.ceil(waitMs / 1_000)),
      [HELD_BACK_HEADER]: "our own rate budget; nothing was sent",
    },
  });
}
