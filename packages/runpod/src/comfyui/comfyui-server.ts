import { Buffer } from "node:buffer";
import { setTimeout as delay } from "node:timers/promises";

import type { OnFailedExchange } from "../exchange.ts";
import { exchangeRecorder, type ExchangeRecorder } from "../record-exchange.ts";
import type { QuestionPace } from "../retry-question.ts";

/** Where one ComfyUI is, and everything that is not ours (network, time, chance). */
export interface ComfyuiServerOptions {
  /** Where ComfyUI listens, `http://gpu-box:8188`; a user and password in it become basic auth. */
  url: string;
  /** What a proxy in front asks for. @default none */
  headers?: Readonly<Record<string, string>>;
  /** Budget of one call, retries and waits included, in ms. */
  httpTimeoutMs: number;
  fetch: typeof fetch;
  /** Told of each failed exchange, redacted; it must not throw. */
  onFailedExchange?: OnFailedExchange | undefined;
  /** @default the system's timer */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1), spreads retries. @default Math.random */
  random?: () => number;
  /** Epoch ms. @default Date.now */
  now?: () => number;
}

/** Who and how to ask: one ComfyUI, and everything that is not ours (network, time, chance). */
export interface ComfyuiServer extends QuestionPace {
  /** `comfyui:<host>`. */
  name: string;
  /** Without credentials or a trailing slash. */
  url: string;
  headers: Readonly<Record<string, string>>;
  fetch: typeof fetch;
  recorder: ExchangeRecorder;
}

/** Reads the address. @throws {TypeError} when it is no http(s) URL */
export function createComfyuiServer(options: ComfyuiServerOptions): ComfyuiServer {
  const url = new URL(options.url);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new TypeError(`A ComfyUI is reached over http or https, not ${url.protocol}`);
  }
  const basic = basicAuth(url);
  const headers = { ...basic, ...options.headers };
  const name = `comfyui:${url.host}`;
  const now = options.now ?? Date.now;
  return {
    name,
    url: (url.origin + url.pathname).replace(/\/+$/, ""),
    headers,
    httpTimeoutMs: options.httpTimeoutMs,
    fetch: options.fetch,
    sleep: options.sleep ?? ((ms, signal) => delay(ms, undefined, { signal })),
    random: options.random ?? Math.random,
    now,
    recorder: exchangeRecorder({
      backend: name,
      part: "comfyui",
      onFailedExchange: options.onFailedExchange,
      now,
      secrets: [...Object.values(headers), decodeURIComponent(url.password)].filter(
        (secret) => secret !== "",
      ),
    }),
  };
}

// `fetch` refuses an address with a password in it.
function basicAuth(url: URL): Record<string, string> {
  if (url.username === "" && url.password === "") return {};
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}
