import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";

import { parseJson } from "../../read-body.ts";
import type { Clock } from "../clock.ts";
import { receiveBody } from "../receive-body.ts";
import type { FileStore } from "./file-store.ts";
import { addFileRoutes } from "./file-routes.ts";
import { ComfyuiControl, type MishapDesk } from "./mishaps.ts";
import { addPromptRoute } from "./prompt-route.ts";
import type { PromptQueue } from "./prompt-queue.ts";
import { addQueueRoutes } from "./queue-routes.ts";
import { addSystemRoutes } from "./system-routes.ts";

export interface ComfyuiAppParts {
  queue: PromptQueue;
  files: FileStore;
  desk: MishapDesk;
  clock: Clock;
  version: string;
  interruptsAnything: boolean;
  authorization: string | null;
  newId: () => string;
  control: (control: ComfyuiControl) => void;
  log: (line: object) => void;
}

export type ComfyuiApp = Hono<{ Bindings: HttpBindings }>;

const LOGIN_PAGE = "<!doctype html><title>Sign in</title><p>Please sign in to continue.</p>";

/** All routes: ComfyUI's, also under `/api`, and the simulator's own under `/control`. */
export function createComfyuiApp(parts: ComfyuiAppParts): ComfyuiApp {
  const app: ComfyuiApp = new Hono();
  app.post("/control", async (c) => {
    const body = ComfyuiControl.safeParse(parseJson(await c.req.text()));
    if (!body.success) return c.json({ error: "bad scenario" }, 400);
    parts.control(body.data);
    return c.json(body.data);
  });
  app.get("/control/jobs", (c) => c.json(parts.queue.truth()));
  const comfyui = comfyuiRoutes(parts);
  app.route("/api", comfyui);
  app.route("/", comfyui);
  return app;
}

function comfyuiRoutes(parts: ComfyuiAppParts): ComfyuiApp {
  const app: ComfyuiApp = new Hono();
  app.use(async (c, next) => {
    if (parts.authorization !== null && c.req.header("authorization") !== parts.authorization) {
      await receiveBody(c.req.raw, 0);
      return c.text("401 Unauthorized", 401, { "www-authenticate": "Basic" });
    }
    if (c.req.method === "POST" && c.req.path.endsWith("/prompt")) return next();
    const mishap = parts.desk.takeRead();
    if (mishap === null) return next();
    await receiveBody(c.req.raw, 0);
    return mishap === "unavailable" ? c.text("no healthy upstream", 503) : c.html(LOGIN_PAGE);
  });
  addPromptRoute(app, parts);
  addQueueRoutes(app, parts);
  addFileRoutes(app, parts);
  addSystemRoutes(app, parts);
  return app;
}
