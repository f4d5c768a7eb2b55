import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseObjectKey } from "../../src/adapters/object-path.ts";
import { UPLOADS_KEPT } from "./audit.ts";
import { OWN_DEATH } from "./run-episodes.ts";
import type { Episode } from "./stage.ts";

/** What the audit after `sabotage` must name. */
export const SABOTAGED_RULES = [
  "invariant 4",
  "an attempt is sent once",
  "every credit",
  UPLOADS_KEPT,
  OWN_DEATH,
] as const;

/** Breaks on purpose what no fault may break, so that an audit that sees nothing is found out. */
export const sabotage: Episode = {
  name: "sabotage",
  about:
    "every server crashes, a delivered and an uploaded picture are lost, an attempt is sent a second time, and credits vanish",
  async run({ studio, enter }) {
    // They come back without anybody asking: whoever works here afterwards waits for none.
    for (const replica of studio.replicas) {
      const pid = replica.pid();
      if (pid === null) throw new Error("a server does not run");
      process.kill(pid, "SIGABRT");
      await replica.gone();
    }
    const user = await enter();
    const job = await user.order(await user.upload());
    await user.follow(job.id);
    const sql = studio.database.sql();
    const [row] = await sql<{ key: string; prefix: string }[]>`
      select object_key as key, file_prefix as prefix
      from results join attempts on attempts.id = results.attempt_id
      where results.job_id = ${job.id}`;
    if (row === undefined) throw new Error("a done job without a result");
    const [upload] = await sql<{ key: string }[]>`
      select object_key as key from assets where id = ${await user.upload()}`;
    for (const key of [row.key, upload?.key ?? ""]) {
      await rm(join(studio.dataDir, "files", parseObjectKey(key)?.path ?? ""));
    }
    const saves = { class_type: "SaveImage", inputs: { filename_prefix: row.prefix } };
    await fetch(`${studio.gpuUrl}/v2/chaos/run`, {
      method: "POST",
      headers: { authorization: "Bearer anybody", "content-type": "application/json" },
      body: JSON.stringify({ input: { workflow: { "1": saves } } }),
    });
    await sql`update credit_balances set amount = amount - 1 where account = 'available'
      and owner_id = (select owner_id from jobs where id = ${job.id})`;
  },
};
