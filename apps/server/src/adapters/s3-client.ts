import { HeadBucketCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { S3Place } from "./presign-s3.ts";

/** Tries of one call, the first included, and how long they may take together. */
export const S3_BUDGET = { tries: 4, totalMs: 30_000, connectMs: 3_000, idleMs: 15_000 } as const;

/** What one exchange of ours with the bucket may take, all tries together. */
export function s3Budget(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(S3_BUDGET.totalMs) };
}

/**
 * A client for any S3: AWS, R2, MinIO. Buckets are addressed in the path, which all of them take. A
 * checksum is sent only where S3 demands one: R2 and others answer 501 to those they do not know.
 */
export function createS3Client(place: S3Place, options: { tries?: number } = {}): S3Client {
  return new S3Client({
    endpoint: place.endpoint,
    region: place.region,
    credentials: { accessKeyId: place.accessKeyId, secretAccessKey: place.secretAccessKey },
    forcePathStyle: true,
    maxAttempts: options.tries ?? S3_BUDGET.tries,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    // Half a connection must not hold a request for ever: no byte for this long ends the try.
    requestHandler: { connectionTimeout: S3_BUDGET.connectMs, socketTimeout: S3_BUDGET.idleMs },
    // The place is all we know: no profile or metadata service of the machine is asked.
    followRegionRedirects: false,
  });
}

/** HTTP status of what a call threw; null = it was not the bucket that refused. */
export function s3Status(thrown: unknown): number | null {
  return thrown instanceof S3ServiceException ? (thrown.$metadata.httpStatusCode ?? null) : null;
}

/** Passes null where the object is not there. @throws whatever else was thrown */
export function nullIfAbsent(thrown: unknown): null {
  if (s3Status(thrown) === 404) {
    const isBucket = thrown instanceof Error && thrown.name === "NoSuchBucket";
    if (!isBucket) return null;
  }
  throw thrown;
}

/** Asks once whether the bucket answers to our key, and keeps the answer for a while. */
export function createBucketProbe(
  client: S3Client,
  { bucket, keptMs, now }: { bucket: string; keptMs: number; now: () => Date },
): () => Promise<void> {
  let last: { answer: Promise<void>; untilMs: number } | null = null;
  return () => {
    const nowMs = now().getTime();
    if (last === null || last.untilMs <= nowMs) {
      const answer = client
        .send(new HeadBucketCommand({ Bucket: bucket }), s3Budget())
        .then(() => undefined);
      // Whoever asked is told; nobody may be asking any more when it fails.
      answer.catch(() => undefined);
      last = { answer, untilMs: nowMs + keptMs };
    }
    return last.answer;
  };
}
