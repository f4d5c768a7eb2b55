import { assetsRouter } from "./assets.ts";
import { creditsRouter } from "./credits.ts";
import { jobsRouter } from "./jobs.ts";
import { servicesRouter } from "./services.ts";
import { router } from "./trpc.ts";
import { uploadsRouter } from "./uploads.ts";

export const appRouter = router({
  services: servicesRouter,
  uploads: uploadsRouter,
  assets: assetsRouter,
  jobs: jobsRouter,
  credits: creditsRouter,
});
export type AppRouter = typeof appRouter;
