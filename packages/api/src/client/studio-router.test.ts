import type { inferRouterError, inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { expectTypeOf, test } from "vitest";
import type { AppRouter } from "../routers/root.ts";
import type { StudioRouter } from "./studio-router.ts";

test("the client's procedures take and give what the server's do", () => {
  expectTypeOf<inferRouterInputs<StudioRouter>>().toEqualTypeOf<inferRouterInputs<AppRouter>>();
  expectTypeOf<inferRouterOutputs<StudioRouter>>().toEqualTypeOf<inferRouterOutputs<AppRouter>>();
  expectTypeOf<inferRouterError<StudioRouter>>().toEqualTypeOf<inferRouterError<AppRouter>>();
});
