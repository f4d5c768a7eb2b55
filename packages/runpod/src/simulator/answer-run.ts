import type { SimulatedJob } from "./job.ts";
import type { RunAnswer } from "./scenario.ts";

const DRIP_MS = 100;

/** Whether the job is queued although the answer will not say so. */
export const IS_QUEUED = {
  "run-500": false,
  "run-html-502": false,
  "run-500-queued": true,
  "run-html": true,
  "run-no-id": true,
  "run-truncated": true,
  "run-hang": true,
  "run-drip": true,
} as const satisfies Record<RunAnswer, boolean>;

/**
 * Answers `/run` with something else than the job; `null`: with nothing at all, for ever.
 * `job` is the one that was queued all the same, if any.
 */
export function answerRunBadly(answer: RunAnswer, job: SimulatedJob | null): Response | null {
  const told = JSON.stringify({ id: job?.id, status: job?.status });
  switch (answer) {
    case "run-500":
    case "run-500-queued":
      return Response.json({ error: "internal error" }, { status: 500 });
    case "run-html-502":
      return page("<html><h1>502 Bad Gateway</h1></html>", 502);
    case "run-html":
      return page("<!doctype html><title>We will be back soon</title>", 200);
    case "run-no-id":
      return Response.json({ status: "IN_QUEUE" });
    case "run-truncated":
      return new Response(told.slice(0, -8), { headers: { "content-type": "application/json" } });
    case "run-hang":
      return null;
    case "run-drip":
      return new Response(drip(), { headers: { "content-type": "application/json" } });
  }
}

function page(html: string, status: number): Response {
  return new Response(html, { status, headers: { "content-type": "text/html" } });
}

/** White space, a little at a time, until the other side has had enough. */
function drip(): ReadableStream<Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream({
    start(controller) {
      const space = new TextEncoder().encode(" ");
      timer = setInterval(() => controller.enqueue(space), DRIP_MS).unref();
    },
    cancel() {
      clearInterval(timer);
    },
  });
}
