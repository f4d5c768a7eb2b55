import { createHmac } from "node:crypto";

import type { EndpointQueue } from "./endpoint-queue.ts";
import type { LinkTo } from "./output-form.ts";

/** The bucket a worker uploads its pictures to, and what gives out links into it. */
export interface Bucket {
  linkTo(jobId: string): LinkTo;
  /** Answers a GET of `/bucket/<jobId>/<filename>`. */
  answer(jobId: string, filename: string, signature: string | undefined): Response;
}

/**
 * Serves the pictures of jobs that RunPod still knows, only to links it signed itself.
 * `origin` is asked for late: the simulator knows its port only once it listens.
 */
export function createBucket(
  secret: string,
  parts: { origin: () => string; queues: () => readonly EndpointQueue[] },
): Bucket {
  const sign = (path: string): string => createHmac("sha256", secret).update(path).digest("hex");
  return {
    linkTo: (jobId) => (filename) => {
      const path = `/bucket/${jobId}/${encodeURIComponent(filename)}`;
      return `${parts.origin()}${path}?X-Amz-Expires=604800&X-Amz-Signature=${sign(path)}`;
    },
    answer(jobId, filename, signature) {
      if (signature !== sign(`/bucket/${jobId}/${encodeURIComponent(filename)}`)) {
        return xmlError(403, "SignatureDoesNotMatch");
      }
      if (filename.endsWith(".html")) {
        return new Response("<!doctype html><title>Sign in</title>", {
          headers: { "content-type": "text/html" },
        });
      }
      for (const queue of parts.queues()) {
        const outcome = queue.find(jobId)?.outcome;
        const images = outcome?.kind === "images" ? outcome.images : [];
        const image = images.find((each) => each.filename === filename);
        if (image === undefined) continue;
        return new Response(Buffer.from(image.png), { headers: { "content-type": "image/png" } });
      }
      return xmlError(404, "NoSuchKey");
    },
  };
}

function xmlError(status: number, code: string): Response {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`;
  return new Response(body, { status, headers: { "content-type": "application/xml" } });
}
