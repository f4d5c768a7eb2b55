import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import type { HttpContext, HttpEnv } from "./caller.ts";
import { discardBody } from "./discard-body.ts";

const FOUR_MB = 4 * 1024 * 1024;

/** Lets bodies of at most `maxBytes` through, announced or not; `refuse` answers the others. */
export function limitBody(maxBytes: number, refuse: (c: HttpContext) => Response) {
  const answer = (c: HttpContext) => {
    const refusal = refuse(c);
    refusal.headers.set("connection", "close");
    return refusal;
  };
  const unannounced = bodyLimit({ maxSize: maxBytes, onError: answer });
  return createMiddleware<HttpEnv>(async (c, next) => {
    const announced = Number(c.req.header("content-length") ?? "0");
    if (announced <= maxBytes) return unannounced(c, next);
    if (announced <= FOUR_MB) await discardBody(c.req.raw.body, FOUR_MB);
    return answer(c);
  });
}
