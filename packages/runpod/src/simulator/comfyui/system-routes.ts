import { NODE_TYPES } from "@ob/workflow";

import type { ComfyuiApp, ComfyuiAppParts } from "./app.ts";

/** `/system_stats` and `/object_info`. */
export function addSystemRoutes(app: ComfyuiApp, { version, queue }: ComfyuiAppParts): void {
  app.get("/system_stats", (c) =>
    c.json({
      system: {
        os: "posix",
        ram_total: 135_000_000_000,
        ram_free: 90_000_000_000,
        comfyui_version: version,
        required_frontend_version: "1.41.0",
        python_version: "3.12.3 (main)",
        pytorch_version: "2.11.0+cu128",
        embedded_python: false,
        argv: ["main.py", "--listen"],
      },
      devices: [
        {
          name: "cuda:0 SIMULATED : cudaMallocAsync",
          type: "cuda",
          index: 0,
          vram_total: 48_000_000_000,
          vram_free: 44_000_000_000,
          torch_vram_total: 0,
          torch_vram_free: 0,
        },
      ],
    }),
  );
  app.get("/prompt", (c) => c.json({ exec_info: { queue_remaining: queue.remaining() } }));
  app.get("/object_info", (c) => c.json(Object.fromEntries(NODE_TYPES)));
  app.get("/object_info/:class", (c) => {
    const name = c.req.param("class");
    const info = NODE_TYPES.get(name);
    return c.json(info === undefined ? {} : { [name]: info });
  });
}
