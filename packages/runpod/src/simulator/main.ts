import { parseArgs } from "node:util";

import { z } from "zod";

import { startSimulator } from "./start-simulator.ts";

const Count = z.coerce.number().int().nonnegative();

const Arguments = z.object({
  port: Count.max(65_535).default(0),
  host: z.string().default("127.0.0.1"),
  "gpu-ms": Count.default(4_000),
  "queue-ms": Count.default(500),
  workers: Count.min(1).default(4),
  seed: Count.default(1),
  "time-scale": z.coerce.number().positive().default(1),
  limits: z.boolean().default(false),
  "shared-input": z.boolean().default(false),
});

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    host: { type: "string" },
    "gpu-ms": { type: "string" },
    "queue-ms": { type: "string" },
    workers: { type: "string" },
    seed: { type: "string" },
    "time-scale": { type: "string" },
    limits: { type: "boolean" },
    "shared-input": { type: "boolean" },
  },
});
const args = Arguments.parse(values);

// It outlives the process that started it, whose ends of these pipes are closed then.
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);

const simulator = await startSimulator({
  port: args.port,
  host: args.host,
  gpuMs: args["gpu-ms"],
  queueMs: args["queue-ms"],
  workers: args.workers,
  seed: args.seed,
  timeScale: args["time-scale"],
  limits: args.limits,
  sharedInput: args["shared-input"],
  log: (line) => process.stderr.write(`${JSON.stringify({ at: new Date(), ...line })}\n`),
});

process.once("SIGTERM", () => process.exit(0));
process.once("SIGINT", () => process.exit(0));
process.stdout.write(`${JSON.stringify({ url: simulator.url, port: simulator.port })}\n`);
