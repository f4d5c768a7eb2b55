import { expect, test } from "vitest";
import { createServerClock } from "./server-clock.ts";

const SERVER_MS = Date.UTC(2026, 0, 1, 12, 0, 0);
const answer = (date: string | null) => ({ headers: new Headers(date === null ? {} : { date }) });

test.each([
  ["an hour fast", 3_600_000],
  ["an hour slow", -3_600_000],
])("on a device that is %s, the server's time counts once it has answered", (_, wrongMs) => {
  let deviceMs = SERVER_MS + wrongMs;
  const clock = createServerClock(() => deviceMs);
  expect(clock.nowMs()).toBe(deviceMs);
  clock.note(answer("Thu, 01 Jan 2026 12:00:00 GMT"));
  expect(clock.nowMs()).toBe(SERVER_MS);
  deviceMs += 5_000;
  expect(clock.nowMs()).toBe(SERVER_MS + 5_000);
});

test("a good clock is left alone, and an answer without a date tells nothing", () => {
  const clock = createServerClock(() => SERVER_MS + 900);
  clock.note(answer("Thu, 01 Jan 2026 12:00:00 GMT"));
  clock.note(answer(null));
  expect(clock.nowMs()).toBe(SERVER_MS + 900);
});
