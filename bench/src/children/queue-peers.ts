import { Logger, makeWorkerUtils, run } from "graphile-worker";
import { PgBoss } from "pg-boss";
import { z } from "zod";
import { answerParent } from "./answer-parent.ts";

const Start = z.object({
  graphileUrl: z.string(),
  bossUrl: z.string(),
  /** Where the work of a job is to begin: `POST /run`. */
  runUrl: z.string(),
});
const Add = z.object({ peer: z.enum(["graphile", "boss", "boss-tuned"]) });
type Peer = z.infer<typeof Add>["peer"];

/** One queue: adds a job and resolves once that is committed. */
interface Queue {
  add(): Promise<unknown>;
  stop(): Promise<void>;
}

const queues = new Map<Peer, Queue>();

/** A submit with the least there can be in it. */
const BODY = JSON.stringify({
  input: { workflow: { "1": { inputs: { filename_prefix: "peer" } } } },
});

function createWork(runUrl: string): () => Promise<void> {
  return async () => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(runUrl, { method: "POST", headers, body: BODY });
    await answer.arrayBuffer();
  };
}

async function openGraphile(url: string, work: () => Promise<void>): Promise<Queue> {
  // Its defaults, but for the log.
  const quiet = { connectionString: url, logger: new Logger(() => () => {}) };
  const runner = await run({
    ...quiet,
    noHandleSignals: true,
    taskList: { edit: work },
    crontab: "",
  });
  const adder = await makeWorkerUtils(quiet);
  return {
    add: () => adder.addJob("edit", {}),
    async stop() {
      await runner.stop();
      await adder.release();
    },
  };
}

async function openBoss(url: string, work: () => Promise<void>): Promise<Queue> {
  const boss = new PgBoss({ connectionString: url, schema: "boss" });
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue("edits");
  await boss.work("edits", work);
  return { add: () => boss.send("edits", {}), stop: () => boss.stop({ graceful: false }) };
}

async function openTunedBoss(url: string, work: () => Promise<void>): Promise<Queue> {
  const boss = new PgBoss({ connectionString: url, schema: "boss_tuned", useListenNotify: true });
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue("edits", { notify: true });
  const tuned = { batchSize: 100, burstWhenBatchFull: true, localConcurrency: 4 };
  await boss.work("edits", tuned, work);
  return { add: () => boss.send("edits", {}), stop: () => boss.stop({ graceful: false }) };
}

answerParent(
  {
    async start(input) {
      const { graphileUrl, bossUrl, runUrl } = Start.parse(input);
      const work = createWork(runUrl);
      queues.set("graphile", await openGraphile(graphileUrl, work));
      queues.set("boss", await openBoss(bossUrl, work));
      queues.set("boss-tuned", await openTunedBoss(bossUrl, work));
      return {};
    },
    async add(input) {
      const { peer } = Add.parse(input);
      await queues.get(peer)?.add();
      return { ns: process.hrtime.bigint().toString() };
    },
  },
  async () => {
    for (const queue of queues.values()) await queue.stop();
  },
);
