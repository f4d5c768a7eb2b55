import { z } from "zod";

import { parseJson } from "../../read-body.ts";
import type { ComfyuiApp, ComfyuiAppParts } from "./app.ts";

const Deletion = z.object({
  clear: z.boolean().default(false),
  delete: z.array(z.string()).default([]),
});
const Interruption = z.object({ prompt_id: z.string().optional() });

/** `/queue`, `/interrupt` and `/history`. */
export function addQueueRoutes(
  app: ComfyuiApp,
  { queue, log, interruptsAnything }: ComfyuiAppParts,
): void {
  app.get("/queue", (c) => c.json(queue.view()));
  app.post("/queue", async (c) => {
    const body = Deletion.parse(parseJson(await c.req.text()));
    if (body.clear) queue.clearPending();
    for (const id of body.delete) queue.deletePending(id);
    return c.body(null, 200);
  });
  app.post("/interrupt", async (c) => {
    const body = Interruption.safeParse(parseJson(await c.req.text()));
    const id = (body.success ? body.data.prompt_id : undefined) ?? null;
    log({ event: "interrupt", id });
    queue.interrupt(interruptsAnything ? null : id);
    return c.body(null, 200);
  });
  app.get("/history", (c) => c.json(queue.history(null)));
  app.get("/history/:id", (c) => c.json(queue.history(c.req.param("id"))));
  app.post("/history", async (c) => {
    const body = Deletion.parse(parseJson(await c.req.text()));
    queue.forgetHistory(body.clear ? "all" : body.delete);
    return c.body(null, 200);
  });
}
