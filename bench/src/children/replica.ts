import { createWriteStream } from "node:fs";
import type { Log } from "@ob/api";
import { createImaging } from "@ob/imaging";
import { createLog, drainReplica, readEnv, type Replica, startReplica } from "@ob/server";
import { z } from "zod";
import { skipPixels } from "../world/skip-pixels.ts";
import { answerParent, settledMemory } from "./answer-parent.ts";

/** What a replica is started with. */
const Start = z.object({
  environment: z.record(z.string(), z.string()),
  authSecret: z.string(),
  /** Working copies and results are not made. */
  skipsPixels: z.boolean(),
});

/** When jobs were committed, ns of the machine's monotonic clock as text, by job id. */
const committedNs = new Map<string, string>();
/** How often each line of trouble was logged. */
const troubles = new Map<string, number>();

let replica: Replica | null = null;

/** The server's own log, written as in service but to nowhere, and read along. */
function createWatchedLog(): Log {
  const nowhere = createWriteStream("/dev/null");
  const log = createLog({
    level: "info",
    secrets: [],
    destination: { write: (line) => void nowhere.write(line) },
  });
  const note = (level: "warn" | "error") => (event: string, fields?: Record<string, unknown>) => {
    troubles.set(event, (troubles.get(event) ?? 0) + 1);
    log[level](event, fields);
  };
  return {
    info(event, fields = {}) {
      // The first thing the process does after the commit but for setting the driver going.
      if (event === "job.changed" && fields["jobEvent"] === "created") {
        committedNs.set(String(fields["jobId"]), process.hrtime.bigint().toString());
      }
      log.info(event, fields);
    },
    warn: note("warn"),
    error: note("error"),
  };
}

answerParent(
  {
    async start(input) {
      const { environment, authSecret, skipsPixels } = Start.parse(input);
      const imaging = createImaging();
      replica = await startReplica({
        env: readEnv(environment),
        authSecret,
        log: createWatchedLog(),
        imaging: skipsPixels ? skipPixels(imaging) : imaging,
      });
      return { port: replica.port };
    },
    async committed(input) {
      const { jobId } = z.object({ jobId: z.string() }).parse(input);
      return { ns: committedNs.get(jobId) ?? null };
    },
    memory: settledMemory,
    troubles: async () => Object.fromEntries(troubles),
  },
  async () => {
    if (replica !== null) await drainReplica(replica);
  },
);
