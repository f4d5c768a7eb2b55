import type { CallerContext } from "../context.ts";
import type { Balance } from "../../contract/credits.ts";

export async function readBalance(_ctx: CallerContext): Promise<Balance> {
  throw new Error("not built");
}
