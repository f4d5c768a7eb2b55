import { z } from "zod";

/** A run as the provider knows it. */
export interface ProviderRun {
  readonly id: string;
  /** Start of the output's file name, as the graph names it. */
  readonly filePrefix: string;
  readonly webhookUrl: string | null;
  /** When its submit arrived: ns of the machine's monotonic clock, the same in every process. */
  readonly arrivedNs: bigint;
  status: "IN_QUEUE" | "COMPLETED" | "CANCELLED";
}

const RunBody = z.object({
  input: z.object({
    workflow: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.unknown()) })),
  }),
  webhook: z.string().optional(),
});

/** Reads the body of `POST /run` as far as it matters here; null = it is none of ours. */
export function readRun(
  body: string,
  facts: { id: string; arrivedNs: bigint },
): ProviderRun | null {
  const parsed = RunBody.safeParse(JSON.parse(body));
  if (!parsed.success) return null;
  const prefixes = Object.values(parsed.data.input.workflow).map(
    ({ inputs }) => inputs["filename_prefix"],
  );
  const filePrefix = prefixes.find((prefix) => typeof prefix === "string");
  if (typeof filePrefix !== "string") return null;
  return { ...facts, filePrefix, webhookUrl: parsed.data.webhook ?? null, status: "IN_QUEUE" };
}

/** A PNG of one pixel: nobody looks at it, but it must be one. */
const PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What `GET /status/{id}` says of it. */
export function viewRun(run: ProviderRun): object {
  const { id, status, filePrefix } = run;
  if (status !== "COMPLETED") return { id, status, delayTime: 1 };
  const image = { filename: `${filePrefix}_00001_.png`, type: "base64", data: PICTURE };
  return { id, status, delayTime: 100, executionTime: 1_000, output: { images: [image] } };
}
