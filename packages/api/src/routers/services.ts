import { listServices } from "../services/catalogue/list-services.ts";
import { publicProcedure, router } from "./trpc.ts";

export const servicesRouter = router({
  list: publicProcedure.query(({ ctx }) => listServices(ctx.services, ctx)),
});
