import { expect, test } from "vitest";
import type { Session } from "./create-auth.ts";
import { createKnownSessions } from "./known-sessions.ts";

function setup() {
  const clock = { ms: 1_000 };
  const known = createKnownSessions({ nowMs: () => clock.ms });
  let asked = 0;
  const lookUp = (credential: string, found: Session | null) =>
    known.lookUp(credential, async () => {
      asked += 1;
      return found;
    });
  return { clock, known, lookUp, asked: () => asked };
}

const session = (ownerId: string): Session => ({ ownerId, setCookies: [] });

test("a session is looked up once in ten seconds, for its own credential only", async () => {
  const { clock, lookUp, asked } = setup();
  expect(await lookUp("a.sig", session("one"))).toEqual(session("one"));
  expect(await lookUp("a.sig", null)).toEqual(session("one"));
  expect(await lookUp("a.gis", null)).toBe(null);
  expect(asked()).toBe(2);
  clock.ms += 10_001;
  expect(await lookUp("a.sig", null)).toBe(null);
});

test("nobody's absence and no fresh cookie is remembered", async () => {
  const { lookUp, asked } = setup();
  expect(await lookUp("a.sig", null)).toBe(null);
  const extended = { ownerId: "one", setCookies: ["ob.session_token=a.sig"] };
  expect(await lookUp("a.sig", extended)).toEqual(extended);
  expect(await lookUp("a.sig", session("one"))).toEqual(session("one"));
  expect(asked()).toBe(3);
});

test("who asks at the same moment waits for one look-up, and a failure is nobody's answer later", async () => {
  const { known, lookUp, asked } = setup();
  const both = await Promise.all([lookUp("a.sig", session("one")), lookUp("a.sig", null)]);
  expect([both, asked()]).toEqual([[session("one"), session("one")], 1]);
  await expect(known.lookUp("b.sig", () => Promise.reject(new Error("away")))).rejects.toThrow(
    "away",
  );
  expect(await lookUp("b.sig", session("two"))).toEqual(session("two"));
});

test("a sign-out holds at once, also for what was being looked up meanwhile", async () => {
  const { known, lookUp } = setup();
  await lookUp("a.sig", session("one"));
  const answer = Promise.withResolvers<Session | null>();
  const underWay = known.lookUp("b.sig", () => answer.promise);
  known.forgetAll();
  answer.resolve(session("two"));
  expect(await underWay).toEqual(session("two"));
  expect([await lookUp("a.sig", null), await lookUp("b.sig", null)]).toEqual([null, null]);
});
