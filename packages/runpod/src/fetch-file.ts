import { lookup } from "node:dns/promises";

import { Agent, buildConnector, type Dispatcher } from "undici";

import { bareHost, type FileOrigins, isAllowedAddress, refuseUrl } from "./check-picture-url.ts";
import { GpuUnavailable } from "./errors.ts";
import type { ExchangeCause } from "./exchange-cause.ts";
import { type PictureType, pictureType } from "./picture-type.ts";
import type { ExchangeRecord, ExchangeRecorder } from "./record-exchange.ts";
import { BodyTooLarge } from "./read-body.ts";
import { readBounded } from "./read-bounded.ts";

/** Where one picture may come from, and how large, slow and late it may be. */
export interface FetchFileOptions extends FileOrigins {
  maxBytes: number;
  /** For the whole download, in ms. */
  timeoutMs: number;
  /** A slower stream is ended, measured over each `rateWindowMs`. @default 8,000 */
  minBytesPerSecond?: number;
  /** @default 5,000 */
  rateWindowMs?: number;
  /** All addresses of a host name. @default the system's resolver */
  resolve?: (host: string) => Promise<readonly string[]>;
  recorder: ExchangeRecorder;
  filePrefix: string;
}

/** `refused`: it will be the same next time. The reason names no URL. */
export type FetchedFile =
  | { kind: "fetched"; bytes: Uint8Array; type: PictureType }
  | { kind: "refused"; reason: string };

/** What came in the way is ours, not the network's: an address nobody may be sent to. */
class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/**
 * Downloads a picture from a URL that somebody else chose: only from expected hosts, only to public
 * addresses (the one that was checked is the one connected to), no redirects, bounded in bytes,
 * time and slowness, and only if its first bytes are those of a PNG, JPEG or WebP.
 * @throws {GpuUnavailable} on 408, 425, 429, 5xx, a failed connection, a timeout or a broken stream
 * @throws the signal's reason when the caller gave up
 */
export async function fetchFile(
  url: string,
  options: FetchFileOptions,
  signal: AbortSignal,
): Promise<FetchedFile> {
  const record = options.recorder.begin({
    operation: "download",
    part: "link",
    method: "GET",
    url,
    headers: REQUEST_HEADERS,
    filePrefix: options.filePrefix,
  });
  const refusal = refuseUrl(url, options);
  record.check("URL", refusal === null, refusal ?? "its host is expected");
  if (refusal !== null) return refuse(record, refusal, "address-refused");
  const budget = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]);
  const target = new URL(url);
  let agent: Agent | null = null;
  try {
    const addresses = await resolveAllowed(target, options, budget);
    agent = pinnedAgent(addresses, options);
    const answer = await agent.request({
      origin: target.origin,
      path: target.pathname + target.search,
      method: "GET",
      headers: REQUEST_HEADERS,
      signal: budget,
    });
    return await readAnswer(answer, { options, record, budget });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof GpuUnavailable) throw error;
    record.failed({ error });
    if (error instanceof AddressRefused) return { kind: "refused", reason: error.message };
    if (error instanceof BodyTooLarge) return { kind: "refused", reason: error.message };
    throw new GpuUnavailable("A picture could not be downloaded.", { cause: error });
  } finally {
    await agent?.destroy().catch(() => undefined);
  }
}

const REQUEST_HEADERS = {
  accept: "image/png, image/jpeg, image/webp",
  // A few bytes of compressed nothing can unfold to gigabytes.
  "accept-encoding": "identity",
} as const;

const AGAIN: ReadonlySet<number> = new Set([408, 425, 429]);

interface Reading {
  options: FetchFileOptions;
  record: ExchangeRecord;
  budget: AbortSignal;
}

async function readAnswer(
  answer: Dispatcher.ResponseData,
  { options, record, budget }: Reading,
): Promise<FetchedFile> {
  const { statusCode: status, body } = answer;
  const headers = toHeaders(answer.headers);
  record.answered({ status, headers });
  if (status !== 200) {
    // The connection is destroyed after this; an unread body must not raise an error of its own.
    body.on("error", () => undefined).destroy();
    record.failed();
    if (AGAIN.has(status) || status >= 500) {
      throw new GpuUnavailable(`A picture's host answered ${status}.`, { status });
    }
    return { kind: "refused", reason: `A picture's host answered ${status}.` };
  }
  const encoding = headers.get("content-encoding") ?? "identity";
  const length = Number(headers.get("content-length") ?? 0);
  const isPlain = record.check("content encoding", encoding === "identity", encoding);
  const fits = record.check("content length", !(length > options.maxBytes), `${length} bytes`);
  if (!isPlain || !fits) {
    body.on("error", () => undefined).destroy();
    return isPlain
      ? refuse(record, `A picture is larger than ${options.maxBytes} bytes.`, "picture-too-large")
      : refuse(record, "A picture came compressed.", "not-a-picture");
  }
  const bytes = await readBounded(body, {
    maxBytes: options.maxBytes,
    minBytesPerSecond: options.minBytesPerSecond ?? 8_000,
    rateWindowMs: options.rateWindowMs ?? 5_000,
    signal: budget,
  });
  const type = pictureType(bytes);
  record.check("picture", type !== null, type ?? "neither PNG nor JPEG nor WebP");
  if (type !== null) return { kind: "fetched", bytes, type };
  record.read(bytes);
  record.failed();
  return { kind: "refused", reason: "What was downloaded is neither PNG nor JPEG nor WebP." };
}

/** @throws {AddressRefused} when any address of the host is not for us, or it has none */
async function resolveAllowed(
  target: URL,
  options: FetchFileOptions,
  budget: AbortSignal,
): Promise<readonly string[]> {
  const host = bareHost(target);
  const resolve = options.resolve ?? systemAddresses;
  const addresses = await orAborted(resolve(host), budget);
  // One inward answer among many is how a name is turned against us.
  if (addresses.length === 0 || !addresses.every((each) => isAllowedAddress(each, options))) {
    throw new AddressRefused("A picture's host has an address that is not public.");
  }
  return addresses;
}

async function systemAddresses(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
}

/** Connects to nothing but the addresses that were checked; the name is not looked up again. */
function pinnedAgent(addresses: readonly string[], options: FetchFileOptions): Agent {
  const pinned = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const connect = buildConnector({
    timeout: Math.min(options.timeoutMs, 10_000),
    lookup: (_host, how, answer) => {
      const [first] = pinned;
      if (how.all === true) answer(null, pinned);
      else answer(null, first?.address ?? "", first?.family);
    },
  });
  return new Agent({
    pipelining: 0,
    connections: 1,
    connect(target, done) {
      connect(target, (error, socket) => {
        const address = socket?.remoteAddress ?? "";
        if (socket === null || isAllowedAddress(address, options)) {
          if (error === null) done(null, socket);
          else done(error, null);
          return;
        }
        socket.destroy();
        done(new AddressRefused("A picture's host has an address that is not public."), null);
      });
    },
  });
}

/** Waits no longer than the budget: a resolver cannot be told to stop. */
function orAborted<T>(work: Promise<T>, budget: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(budget.reason);
  if (budget.aborted) giveUp();
  budget.addEventListener("abort", giveUp, { once: true });
  return Promise.race([work, promise]).finally(() => budget.removeEventListener("abort", giveUp));
}

function refuse(record: ExchangeRecord, reason: string, cause: ExchangeCause): FetchedFile {
  record.failed({ cause });
  return { kind: "refused", reason };
}

function toHeaders(headers: Dispatcher.ResponseData["headers"]): Headers {
  return new Headers(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      [value].flat().flatMap((each) => (each === undefined ? [] : [[name, each]])),
    ),
  );
}
