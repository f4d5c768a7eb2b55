import { expect, test } from "vitest";

import { createScenarioDesk, PLAIN_RUN } from "./scenario.ts";

test("without a scenario a run is plain", () => {
  expect(createScenarioDesk().take()).toEqual(PLAIN_RUN);
});

test("scenarios that can meet in one call do, and each counts its own calls", () => {
  const desk = createScenarioDesk();
  desk.set({ scenario: "slow", times: 2 });
  desk.set({ scenario: "lose-webhook", times: 1 });
  desk.set({ scenario: "accept-then-drop", times: 1 });
  expect(desk.take()).toEqual({ ...PLAIN_RUN, slow: true, webhookDeliveries: 0, dropAnswer: true });
  expect(desk.take()).toEqual({ ...PLAIN_RUN, slow: true });
  expect(desk.take()).toEqual(PLAIN_RUN);
});

test("of several ends at once one wins and all are used up", () => {
  const desk = createScenarioDesk();
  for (const scenario of ["no-output", "oom", "hang"] as const) desk.set({ scenario, times: 1 });
  expect(desk.take().end).toBe("hang");
  expect(desk.take().end).toBe("ok");
});

test("setting a scenario again replaces what was left of it", () => {
  const desk = createScenarioDesk();
  desk.set({ scenario: "fail", times: 9 });
  desk.set({ scenario: "fail", times: 1 });
  expect([desk.take().end, desk.take().end]).toEqual(["fail", "ok"]);
});
