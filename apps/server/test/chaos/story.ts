import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { auditStudio, drainStudio } from "./audit.ts";
import { type ChaosStudio, startChaosStudio } from "./chaos-studio.ts";
import { createStage } from "./stage.ts";
import { createDice } from "./dice.ts";
import { type Moment, renderStory } from "./render-story.ts";

const GPU_MS = 2_500;

/**
 * Plays one job's worst evening over real processes and writes it down: its webhook is dropped, its
 * server is killed while it collects, the database is killed and restarted meanwhile.
 */
export async function tellStory(o: {
  seed: number;
  say: (line: string) => void;
}): Promise<{ ok: boolean; text: string }> {
  const studio = await startChaosStudio({ seed: o.seed, gpuMs: GPU_MS });
  const moments: Moment[] = [];
  const note = (who: string, text: string) => {
    moments.push({ at: new Date(), who, text });
    o.say(text);
  };
  try {
    const { user, jobId } = await suffer(studio, { seed: o.seed, note });
    const violations = [...(await drainStudio(studio)), ...(await auditStudio(studio, [user]))];
    moments.push(
      ...(await readRowMoments(studio, jobId)),
      ...(await readLogMoments(studio, jobId)),
    );
    const facts = await readFacts(studio, jobId);
    const text = renderStory({ moments, facts, violations: violations.length, jobId });
    return { ok: violations.length === 0, text };
  } finally {
    await studio.stop({ keepFolder: false });
  }
}

async function suffer(
  studio: ChaosStudio,
  { seed, note }: { seed: number; note: (who: string, text: string) => void },
) {
  const [server, ...others] = studio.replicas;
  if (server === undefined) throw new Error("a studio without a server");
  for (const other of others) await other.end();
  await server.end();
  await server.start({ name: "result.fetching", nth: 1 });
  const dropped = Promise.withResolvers<void>();
  studio.relay.plan(() => {
    note("the network", "**The webhook is dropped.** RunPod believes that it was delivered.");
    dropped.resolve();
    return { answer: 200, deliveries: [] };
  });
  const stage = createStage({ studio, dice: createDice(seed), seed, scale: 1, violations: [] });
  const user = await stage.enter();
  const photo = await user.upload();
  note("the user", "has uploaded a photo and presses the button.");
  const job = await user.order(photo);
  const followed = user.follow(job.id);
  await dropped.promise;
  await server.gone();
  note(
    "the server",
    "asked by itself, saw the finished picture, and **is killed (SIGKILL) while collecting it**.",
  );
  await studio.database.killAndRestart();
  const backMs = studio.counters.databaseBackMs.at(-1) ?? 0;
  note(
    "the database",
    `**was killed with all its children (SIGKILL) and started again**; it answers after ${backMs} ms.`,
  );
  await server.start();
  note(
    "the server",
    `is started again; it listens after ${studio.counters.serverBackMs.at(-1) ?? 0} ms.`,
  );
  const end = await followed;
  note(
    "the user",
    `is told **${end.status}**, opens the picture, and its SHA-256 is the one promised.`,
  );
  return { user, jobId: job.id };
}

const EVENTS: Readonly<Record<string, string>> = {
  created: "the job is accepted (queued), and its price is held in the same transaction.",
  submitting: "an attempt is intended, before anything is sent.",
  accepted: "the submit was answered: the attempt is RunPod's.",
  started: "the GPU draws (running).",
  progressed: "a step of the drawing is shown.",
  finished: "RunPod says COMPLETED: the result is to be collected (storing).",
  stored:
    "the result is stored, its SHA-256 checked, and **the price captured in the same transaction** (done).",
};

async function readRowMoments(studio: ChaosStudio, jobId: string): Promise<Moment[]> {
  const sql = studio.database.sql();
  const events = await sql<{ at: Date; event: string; status: string }[]>`
    select created_at as at, event, status from job_events where job_id = ${jobId} order by seq`;
  const transfers = await sql<{ at: Date; kind: string; amount: number }[]>`
    select created_at as at, kind, amount::int as amount from credit_transfers where job_id = ${jobId}`;
  return [
    ...events.map(({ at, event, status }) => ({
      at: new Date(at),
      who: "the job",
      text: EVENTS[event] ?? `${event}: ${status}.`,
    })),
    ...transfers.map(({ at, kind, amount }) => ({
      at: new Date(at),
      who: "the ledger",
      text: `${kind} of ${amount} credits.`,
    })),
  ];
}

const LogLine = z.object({
  at: z.string().optional(),
  time: z.string().optional(),
  event: z.string(),
  id: z.string().optional(),
  jobId: z.string().optional(),
  status: z.unknown().optional(),
});

const SIMULATOR_EVENTS: Readonly<Record<string, string>> = {
  "job.queued": "takes the run into its queue.",
  "job.started": "a worker begins to draw.",
  "job.ended": "the picture is drawn (COMPLETED); it is kept for 30 minutes from now.",
};

async function readLogMoments(studio: ChaosStudio, jobId: string): Promise<Moment[]> {
  const [attempt] = await studio.database.sql()<{ id: string | null }[]>`
    select runpod_job_id as id from attempts where job_id = ${jobId}`;
  const read = (name: string) =>
    readFileSync(join(studio.folder, "logs", name), "utf8")
      .split("\n")
      .flatMap((line) => parseLine(line));
  return read("simulator.log").flatMap((line) => {
    const text = SIMULATOR_EVENTS[line.event];
    const isOurs = line.id === attempt?.id && text !== undefined;
    return isOurs ? [{ at: new Date(line.at ?? 0), who: "RunPod (simulated)", text }] : [];
  });
}

function parseLine(line: string): z.infer<typeof LogLine>[] {
  if (!line.startsWith("{")) return [];
  const parsed = LogLine.safeParse(JSON.parse(line));
  return parsed.success ? [parsed.data] : [];
}

/** The figures at the end of the story. */
async function readFacts(studio: ChaosStudio, jobId: string): Promise<Record<string, string>> {
  const sql = studio.database.sql();
  const [row] = await sql<Record<string, number>[]>`
    select (select count(*) from attempts where job_id = ${jobId})::int as attempts,
      (select count(*) from credit_transfers where job_id = ${jobId} and kind = 'hold')::int as holds,
      (select count(*) from credit_transfers where job_id = ${jobId} and kind = 'capture')::int as captures,
      (select count(*) from credit_transfers where job_id = ${jobId} and kind = 'release')::int as releases,
      (select count(*) from results where job_id = ${jobId})::int as results`;
  const [late] = await sql<{ seconds: number }[]>`
    select extract(epoch from j.finished_at - a.ended_at)::float as seconds
    from jobs j join attempts a on a.job_id = j.id where j.id = ${jobId}`;
  const runs = (await studio.runs()).length;
  const of = (name: string) => String(row?.[name] ?? 0);
  return {
    "Runs at RunPod": String(runs),
    Attempts: of("attempts"),
    Holds: of("holds"),
    Captures: of("captures"),
    Releases: of("releases"),
    "Results stored": of("results"),
    "From COMPLETED seen to delivered": `${(late?.seconds ?? 0).toFixed(1)} s (RunPod keeps it for 1800 s)`,
  };
}
