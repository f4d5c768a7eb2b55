import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { createStudioClient, type Job, readRefusal, StudioError } from "@ob/api/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixture } from "./support/caller.ts";
import { startStudio, type Studio } from "./support/start-studio.ts";

let studio: Studio;
beforeAll(async () => {
  studio = await startStudio({ gpuMs: 3_000 });
});
afterAll(async () => studio?.stop());

const service = "qwen-image-edit";

async function thrownBy(action: Promise<unknown>): Promise<unknown> {
  return action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
}

async function collect(jobs: AsyncIterable<Job>): Promise<Job[]> {
  const seen: Job[] = [];
  for await (const job of jobs) seen.push(job);
  return seen;
}

describe("the typed client", () => {
  test("signs in, uploads, quotes, creates and watches a job to its end", async () => {
    const client = createStudioClient({ url: `${studio.url}/` });
    const { token } = await client.signInAsGuest();
    const photo = await client.upload(new Blob([await fixture("rocket.jpg")]));
    const input = { imageAssetId: photo.assetId, prompt: "blue" };
    const quote = await client.trpc.jobs.quote.query({ service, input });
    const requestId = crypto.randomUUID();
    const quotedCredits = quote.credits;
    const job = await client.trpc.jobs.create.mutate({ requestId, service, input, quotedCredits });
    const seen = await collect(client.watch(job.id));
    expect(seen.at(-1)).toMatchObject({ id: job.id, status: "done", credits: 3 });
    expect(seen.some((state) => state.progress !== null)).toBe(true);

    const same = createStudioClient({ url: studio.url, token });
    expect(await same.trpc.credits.balance.query()).toEqual({ available: 17, held: 0 });
  });

  test("tells the closed code of every refusal, also of a stream and of a PUT", async () => {
    const client = createStudioClient({ url: studio.url });
    expect(readRefusal(await thrownBy(client.trpc.credits.balance.query()))?.code).toBe(
      "AUTH_REQUIRED",
    );
    const jobId = crypto.randomUUID();
    expect(readRefusal(await thrownBy(collect(client.watch(jobId))))?.code).toBe("AUTH_REQUIRED");
    await client.signInAsGuest();
    expect(readRefusal(await thrownBy(collect(client.watch(jobId))))?.code).toBe("JOB_NOT_FOUND");
    const wrong = client.upload(new TextEncoder().encode("text"));
    expect(readRefusal(await thrownBy(wrong))?.code).toBe("IMAGE_TYPE_UNSUPPORTED");
  });

  test("does not mistake a proxy's answer for the studio's", async () => {
    const proxy = createServer((_request, answer) => answer.writeHead(502).end("bad gateway"));
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const client = createStudioClient({ url: `http://127.0.0.1:${portOf(proxy)}` });
    const thrown = await thrownBy(client.signInAsGuest());
    expect(thrown).toBeInstanceOf(StudioError);
    expect(readRefusal(thrown)).toBeNull();
    proxy.close();
  });

  test("never puts the token into a URL", async () => {
    const urls: string[] = [];
    const spying: typeof fetch = (input, init) => {
      urls.push(urlOf(input));
      return fetch(input, init);
    };
    const client = createStudioClient({ url: studio.url, fetch: spying });
    const { token } = await client.signInAsGuest();
    await thrownBy(collect(client.watch(crypto.randomUUID())));
    await client.trpc.credits.balance.query();
    expect(urls.length).toBeGreaterThanOrEqual(3);
    for (const url of urls) {
      expect(url).not.toContain(token);
      expect(url).not.toContain(encodeURIComponent(token));
    }
  });
});

describe("watching over a bad line", () => {
  async function startJob(fetchImpl: typeof fetch) {
    const client = createStudioClient({ url: studio.url, fetch: fetchImpl });
    await client.signInAsGuest();
    const photo = await client.upload(await fixture("rocket.jpg"));
    const job = await client.trpc.jobs.create.mutate({
      requestId: crypto.randomUUID(),
      service,
      input: { imageAssetId: photo.assetId, prompt: "blue" },
    });
    return { client, job };
  }

  test("resumes where the stream was lost", async () => {
    const streams: (string | null)[] = [];
    const once: typeof fetch = async (input, init) => {
      const url = urlOf(input);
      if (!url.includes("jobs.onUpdate")) return fetch(input, init);
      streams.push(new URL(url).searchParams.get("input"));
      const answer = await fetch(input, init);
      return streams.length === 1 ? cutAfterFirstEvent(answer) : answer;
    };
    const { client, job } = await startJob(once);
    const seen = await collect(client.watch(job.id));
    expect(seen.at(-1)?.status).toBe("done");
    expect(streams).toHaveLength(2);
    expect(streams[1]).toMatch(/"lastEventId":"\d+"/);
  });

  test("polls once the stream was lost twice", async () => {
    let streams = 0;
    let polls = 0;
    const never: typeof fetch = (input, init) => {
      const url = urlOf(input);
      if (url.includes("jobs.get")) polls += 1;
      if (!url.includes("jobs.onUpdate")) return fetch(input, init);
      streams += 1;
      return Promise.reject(new TypeError("fetch failed"));
    };
    const { client, job } = await startJob(never);
    const seen = await collect(client.watch(job.id));
    expect(seen.at(-1)?.status).toBe("done");
    expect(streams).toBe(2);
    expect(polls).toBeGreaterThan(0);
  });

  test("ends when it is told to", async () => {
    const { client, job } = await startJob(fetch);
    const leave = new AbortController();
    for await (const state of client.watch(job.id, { signal: leave.signal })) {
      expect(state.id).toBe(job.id);
      leave.abort();
    }
    expect(leave.signal.aborted).toBe(true);
    await collect(client.watch(job.id));
  });
});

/** The same answer, whose line breaks after the first job. */
function cutAfterFirstEvent(answer: Response): Response {
  const body = answer.body ?? ReadableStream.from([]);
  async function* head() {
    for await (const chunk of body) {
      yield chunk;
      if (Buffer.from(chunk).includes("id: ")) throw new Error("line cut");
    }
  }
  return new Response(ReadableStream.from(head()), { headers: answer.headers });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function urlOf(input: string | URL | Request): string {
  if (typeof input === "string") return input;
  return input instanceof URL ? input.href : input.url;
}
