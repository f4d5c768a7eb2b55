import { expect } from "vitest";
import type { AttemptRequest, GpuBackend } from "../../src/backend.ts";
import type { FailedExchange } from "../../src/exchange.ts";
import type { ExchangeCause } from "../../src/exchange-cause.ts";

/** One GPU side a backend talks to, whose time the suite moves. */
export interface BackendUnderTest extends AsyncDisposable {
  backend: GpuBackend;
  /** The same backend with credentials the other side refuses; null = that side knows no keys. */
  unauthorized: GpuBackend | null;
  /** Told by `backend` and `unauthorized` alike, oldest first. */
  failures: readonly FailedExchange[];
  /** What no record of a failure may hold: keys, tokens, prompts, base64 of pictures. */
  secrets: readonly string[];
  attempt: AttemptRequest;
  /** An id of this side's form that it never gave out. */
  unknownId: string;
  /** Whether a graph that cannot run is turned away at once or fails on the worker. */
  refusesGraphs: "on submit" | "on the worker";
  /** False: pictures come without a file name, so whose they are is not to be seen. */
  namesFiles: boolean;
  /** Why a wrong key is refused. */
  refusedCause: ExchangeCause;
  /** Whether this side can be asked for an attempt whose answer was lost, under an id of our own. */
  findsLostAnswers: boolean;
  /** What the other side really holds. */
  liveJobs(): Promise<number>;
  startJob(id: string): Promise<void>;
  finishJob(id: string): Promise<void>;
  /** Makes the other side forget what has ended, as it does by itself after a while. */
  forgetResults(): Promise<void>;
  /** Makes the next submit be taken in while its answer is lost. */
  loseNextAnswer(): Promise<void>;
  /** Makes the next submit be turned away for its rate; null = that side has no limits. */
  limitNextSubmit: (() => Promise<void>) | null;
  /** Makes the next submitted job run out of GPU memory on its worker. */
  failNextJob(): Promise<void>;
  /** Makes the next submitted job end well but without its result; null = that cannot happen. */
  loseNextResult: (() => Promise<void>) | null;
  /** Ends the other side for good. */
  shutDown(): Promise<void>;
}

/** Of a caller who never gives up. */
export const signal = new AbortController().signal;

/** More than any picture of the suite has. */
export const MAX_BYTES = 20_000_000;

/** Sends the attempt, as changed. */
export async function submit(it: BackendUnderTest, over: Partial<AttemptRequest> = {}) {
  return it.backend.submit({ ...it.attempt, ...over }, { signal });
}

/** Sends what must be accepted. @returns its id */
export async function accepted(
  it: BackendUnderTest,
  over?: Partial<AttemptRequest>,
): Promise<string> {
  const outcome = await submit(it, over);
  if (outcome.kind !== "accepted") throw new Error(`The submit was ${outcome.kind}.`);
  return outcome.runpodJobId;
}

/** The output of a job that has run to its end. */
export async function completed(it: BackendUnderTest): Promise<{ id: string; output: unknown }> {
  const id = await accepted(it);
  await it.startJob(id);
  await it.finishJob(id);
  const report = await it.backend.report(id, signal);
  if (report.kind !== "completed") throw new Error(`The report was ${report.kind}.`);
  return { id, output: report.output };
}

/** The last failure was told as such, with nothing in it that is nobody's business. */
export function expectTold(it: BackendUnderTest, facts: Partial<FailedExchange>): void {
  expect(it.failures.at(-1)).toMatchObject({ backend: it.backend.name, ...facts });
  const told = JSON.stringify(it.failures);
  for (const secret of it.secrets) expect(told).not.toContain(secret);
}

/** The same attempt under a file prefix of its own: an attempt's is random, and never used twice. */
export function another({ graph, filePrefix }: AttemptRequest): Partial<AttemptRequest> {
  const copy = structuredClone(graph);
  for (const { inputs } of Object.values(copy)) {
    if (inputs["filename_prefix"] === filePrefix) inputs["filename_prefix"] = `${filePrefix}-2`;
  }
  return { graph: copy, filePrefix: `${filePrefix}-2` };
}
