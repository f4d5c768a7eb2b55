import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import { EventSource } from "eventsource";
import type { Job } from "../contract/job.ts";
import type { Asset } from "../contract/upload.ts";
import { eventSourceFetch } from "./event-source-fetch.ts";
import { sleep } from "./sleep.ts";
import { toStudioError } from "./studio-error.ts";
import { type PictureFile, uploadFile } from "./upload-file.ts";
import { type WatchOptions, watchJob } from "./watch-job.ts";
import type { StudioRouter } from "./studio-router.ts";

/** Where the studio is, and who asks it. */
export interface StudioClientOptions {
  /** Origin of the studio, like `https://studio.example`. */
  readonly url: string;
  /** What `signInAsGuest` returned earlier. */
  readonly token?: string;
  /** @default the platform's */
  readonly fetch?: typeof fetch;
}

/** The studio as another TypeScript service sees it. */
export interface StudioClient {
  /** Becomes a new guest with the first credits; keep the token to stay the same one. */
  signInAsGuest(): Promise<{ token: string }>;
  /** Uploads one picture or mask (JPEG, PNG, WebP; at most 25 MB). */
  upload(file: PictureFile, kind?: "image" | "mask"): Promise<Asset>;
  /** A job's states, live, ending with the terminal one. */
  watch(jobId: string, options?: WatchOptions): AsyncIterable<Job>;
  /** Every procedure, typed. */
  readonly trpc: TRPCClient<StudioRouter>;
}

const MAX_BATCH = 10;

/** Makes a client; sends nothing yet. */
export function createStudioClient(options: StudioClientOptions): StudioClient {
  const url = options.url.replace(/\/+$/, "");
  const doFetch = options.fetch ?? fetch;
  let token = options.token ?? null;
  const headers = (): Record<string, string> =>
    token === null ? {} : { authorization: `Bearer ${token}` };

  const trpc = createTRPCClient<StudioRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({
          url: `${url}/api/trpc`,
          EventSource,
          eventSourceOptions: { fetch: eventSourceFetch({ fetch: doFetch, token: () => token }) },
        }),
        false: httpBatchLink({
          url: `${url}/api/trpc`,
          maxItems: MAX_BATCH,
          // tRPC may pass `signal: undefined`, which the platform's types do not know.
          fetch: (input: string | URL | Request, { signal, ...init } = {}) =>
            doFetch(urlOf(input), {
              ...init,
              ...(signal === undefined ? {} : { signal }),
            }),
          headers,
        }),
      }),
    ],
  });

  return {
    trpc,
    async signInAsGuest() {
      const answer = await doFetch(`${url}/api/auth/sign-in/anonymous`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      });
      const given = answer.headers.get("set-auth-token");
      if (!answer.ok || given === null) throw await toStudioError(answer);
      token = given;
      return { token: given };
    },
    upload: (file, kind = "image") => uploadFile({ trpc, fetch: doFetch }, file, kind),
    watch: (jobId, watchOptions) => watchJob({ trpc, sleep }, jobId, watchOptions),
  };
}

function urlOf(input: string | URL | Request): string {
  if (typeof input === "string") return input;
  return input instanceof URL ? input.href : input.url;
}
