import { expect } from "vitest";
import { z } from "zod";

import { simulatedEdit } from "./simulated-edit.ts";
import type { SimulatedRunpod } from "./simulated-runpod.ts";

export const Job = z.object({ id: z.string(), status: z.string() });

/** Posts one of our edits straight to `/run`. @returns its id */
export async function runJob(
  runpod: SimulatedRunpod,
  policy: { executionTimeout?: number; ttl?: number } = {},
): Promise<string> {
  const { attempt } = await simulatedEdit();
  const images = attempt.images.map(({ name, bytes }) => ({
    name,
    image: Buffer.from(bytes).toString("base64"),
  }));
  const body = { input: { workflow: attempt.graph, images }, policy };
  const response = await runpod.request("POST", "/run", body);
  expect(response.status).toBe(200);
  const job = Job.parse(await response.json());
  expect(job).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}-e1$/), status: "IN_QUEUE" });
  return job.id;
}

/** The status of `/status`, or its HTTP status where that is not 2xx. */
export async function statusOf(runpod: SimulatedRunpod, id: string): Promise<string | number> {
  const response = await runpod.request("GET", `/status/${id}`);
  return response.ok ? Job.parse(await response.json()).status : response.status;
}
